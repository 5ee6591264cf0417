package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.DeletedBattle;
import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Known;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Seen;
import dev.battlestream.report.battle.Speaker;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Times;
import dev.battlestream.report.battle.Used;
import dev.battlestream.report.battle.Verdict;
import dev.battlestream.schemas.StoredAvro;
import dev.battlestream.stored.report.StoredEnding;
import dev.battlestream.stored.report.StoredMessage;
import dev.battlestream.stored.report.StoredRequest;
import dev.battlestream.stored.report.StoredSpent;
import dev.battlestream.stored.report.StoredStage;
import dev.battlestream.stored.report.StoredStatus;
import dev.battlestream.stored.report.StoredVerdict;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/** How rows lie in the state stores: as the stored records, in Avro's single-object encoding. */
public final class StoredRows {

    private StoredRows() {}

    static Serde<Known> statuses() {
        return serde(StoredStatus.class, StoredRows::storedKnown, StoredRows::known);
    }

    static Serde<Message> messages() {
        return serde(StoredMessage.class, StoredRows::stored, StoredRows::message);
    }

    static Serde<Verdict> verdicts() {
        return serde(StoredVerdict.class, StoredRows::stored, StoredRows::verdict);
    }

    /** A serde of rows that are kept as a stored record. */
    public static <T, S extends SpecificRecord> Serde<T> serde(
            Class<S> type, Function<T, S> store, Function<S, T> load) {
        StoredAvro<S> avro = StoredAvro.of(type, OlderRows.of(type));
        return Serdes.serdeFrom(
                (topic, row) -> row == null ? null : avro.encode(store.apply(row)),
                (topic, bytes) -> bytes == null ? null : load.apply(avro.decode(bytes)));
    }

    private static StoredStatus storedKnown(Known known) {
        return switch (known) {
            case BattleStatus status -> stored(status);
            case DeletedBattle marker -> stored(marker);
        };
    }

    private static Known known(StoredStatus stored) {
        return stored.getDeleted()
                ? new DeletedBattle(stored.getBattleId(), stored.getRecordedAt())
                : status(stored);
    }

    private static StoredStatus stored(DeletedBattle marker) {
        StoredSpent nothing = stored(Spent.NOTHING);
        return StoredStatus.newBuilder()
                .setBattleId(marker.battleId())
                .setRequest(null)
                .setPlaces(0)
                .setMessages(0)
                .setVerdicts(0)
                .setTurn(0)
                .setModel(null)
                .setAgent(nothing)
                .setOpponent(nothing)
                .setJudge(nothing)
                .setStartedAt(marker.recordedAt())
                .setLastActivityAt(marker.recordedAt())
                .setRecordedAt(marker.recordedAt())
                .setEnding(null)
                .setDeleted(true)
                .build();
    }

    private static StoredStatus stored(BattleStatus status) {
        return StoredStatus.newBuilder()
                .setBattleId(status.battleId())
                .setRequest(storedRequest(status.request()))
                .setPlaces(status.seen().places())
                .setMessages(status.seen().messages())
                .setVerdicts(status.seen().verdicts())
                .setTurn(status.turn())
                .setModel(status.model())
                .setAgent(stored(status.used().agent()))
                .setOpponent(stored(status.used().opponent()))
                .setJudge(stored(status.used().judge()))
                .setStrongJudge(storedOrNull(status.used().strongJudge()))
                .setStartedAt(status.times().startedAt())
                .setLastActivityAt(status.times().lastActivityAt())
                .setRecordedAt(status.times().recordedAt())
                .setEnding(storedEnding(status.ending()))
                .build();
    }

    private static BattleStatus status(StoredStatus stored) {
        return new BattleStatus(
                stored.getBattleId(),
                request(stored.getRequest()),
                new Seen(stored.getPlaces(), stored.getMessages(), stored.getVerdicts()),
                stored.getTurn(),
                stored.getModel(),
                new Used(
                        spent(stored.getAgent()),
                        spent(stored.getOpponent()),
                        spent(stored.getJudge()),
                        spentOrNull(stored.getStrongJudge())),
                new Times(
                        stored.getStartedAt(), stored.getLastActivityAt(), stored.getRecordedAt()),
                ending(stored.getEnding()));
    }

    private static @Nullable StoredRequest storedRequest(
            BattleEvent.@Nullable Requested requested) {
        return requested == null
                ? null
                : StoredRequest.newBuilder()
                        .setRequestedAt(requested.requestedAt())
                        .setAgentId(requested.agentId())
                        .setModel(requested.model())
                        .setMessageLimit(requested.messageLimit())
                        .setRunId(requested.runId())
                        .build();
    }

    private static BattleEvent.@Nullable Requested request(@Nullable StoredRequest stored) {
        return stored == null
                ? null
                : new BattleEvent.Requested(
                        stored.getRequestedAt(),
                        stored.getAgentId(),
                        stored.getModel(),
                        stored.getMessageLimit(),
                        stored.getRunId());
    }

    private static @Nullable StoredEnding storedEnding(@Nullable Ending ending) {
        if (ending == null) {
            return null;
        }
        Failure failure = ending.failure();
        return StoredEnding.newBuilder()
                .setReason(ending.reason().name())
                .setFailureClass(failure == null ? null : failure.cause().name())
                .setFailureDetail(failure == null ? null : failure.detail())
                .setTurns(ending.turns())
                .setMessageCount(ending.messageCount())
                .setVerdictCount(ending.verdictCount())
                .setStartedAt(ending.startedAt())
                .setEndedAt(ending.endedAt())
                .setRunId(ending.runId())
                .setNextCallUsd(ending.nextCallUsd())
                .setUnsettledUsd(ending.unsettledUsd())
                .build();
    }

    private static @Nullable Ending ending(@Nullable StoredEnding stored) {
        if (stored == null) {
            return null;
        }
        String cause = stored.getFailureClass();
        String detail = stored.getFailureDetail();
        return new Ending(
                EndReason.valueOf(stored.getReason()),
                cause == null || detail == null
                        ? null
                        : new Failure(Failure.Cause.valueOf(cause), detail),
                stored.getTurns(),
                stored.getMessageCount(),
                stored.getVerdictCount(),
                stored.getStartedAt(),
                stored.getEndedAt(),
                stored.getRunId(),
                stored.getNextCallUsd(),
                stored.getUnsettledUsd());
    }

    /** What may be unknown, as it is stored. */
    public static @Nullable StoredSpent storedOrNull(@Nullable Spent spent) {
        return spent == null ? null : stored(spent);
    }

    /** What may be unknown, as it was stored. */
    public static @Nullable Spent spentOrNull(@Nullable StoredSpent stored) {
        return stored == null ? null : spent(stored);
    }

    /** What was used, as it is stored. */
    public static StoredSpent stored(Spent spent) {
        return StoredSpent.newBuilder()
                .setCalls(spent.calls())
                .setTokensIn(spent.tokensIn())
                .setTokensOut(spent.tokensOut())
                .setCostUsd(spent.costUsd())
                .build();
    }

    /** What was used, as it was stored. */
    public static Spent spent(StoredSpent stored) {
        return new Spent(
                stored.getCalls(),
                stored.getTokensIn(),
                stored.getTokensOut(),
                stored.getCostUsd());
    }

    private static StoredMessage stored(Message message) {
        return StoredMessage.newBuilder()
                .setSeq(message.seq())
                .setTurn(message.turn())
                .setSpeaker(message.speaker().name())
                .setContent(message.content())
                .setModel(message.model())
                .setTokensIn(message.tokensIn())
                .setTokensOut(message.tokensOut())
                .setCostUsd(message.costUsd())
                .setLatencyMs(message.latencyMs())
                .setCalls(message.calls())
                .setProducedAt(message.producedAt())
                .setFailed(message.failed())
                .setAnsweredBy(message.answeredBy())
                .build();
    }

    private static Message message(StoredMessage stored) {
        return new Message(
                stored.getSeq(),
                stored.getTurn(),
                Speaker.valueOf(stored.getSpeaker()),
                stored.getContent(),
                stored.getModel(),
                stored.getTokensIn(),
                stored.getTokensOut(),
                stored.getCostUsd(),
                stored.getLatencyMs(),
                stored.getCalls(),
                stored.getProducedAt(),
                stored.getFailed(),
                stored.getAnsweredBy());
    }

    private static StoredVerdict stored(Verdict verdict) {
        return StoredVerdict.newBuilder()
                .setTurn(verdict.turn())
                .setSeq(verdict.seq())
                .setAnswer(verdict.answer().name())
                .setDecidedBy(verdict.decidedBy().name())
                .setConfidence(verdict.confidence())
                .setCriteriaApplied(verdict.criteriaApplied())
                .setReason(verdict.reason())
                .setModel(verdict.model())
                .setTokensIn(verdict.tokensIn())
                .setTokensOut(verdict.tokensOut())
                .setCostUsd(verdict.costUsd())
                .setLatencyMs(verdict.latencyMs())
                .setIssuedAt(verdict.issuedAt())
                .setStages(verdict.stages().stream().map(StoredRows::stored).toList())
                .setProgress(verdict.progress())
                .build();
    }

    private static StoredStage stored(Verdict.StageAnswer said) {
        return StoredStage.newBuilder()
                .setStage(said.stage().name())
                .setAnswer(said.answer().name())
                .setConfidence(said.confidence())
                .setReason(said.reason())
                .setModel(said.model())
                .setTokensIn(said.tokensIn())
                .setTokensOut(said.tokensOut())
                .setCostUsd(said.costUsd())
                .setLatencyMs(said.latencyMs())
                .setCalls(said.calls())
                .setCriteria(said.criteriaApplied())
                .setPromptVersion(said.promptVersion())
                .setAttempt(said.attempt())
                .setProgress(said.progress())
                .setAnsweredBy(said.answeredBy())
                .build();
    }

    private static Verdict verdict(StoredVerdict stored) {
        return new Verdict(
                stored.getTurn(),
                stored.getSeq(),
                Verdict.Answer.valueOf(stored.getAnswer()),
                Verdict.Stage.valueOf(stored.getDecidedBy()),
                stored.getConfidence(),
                stored.getCriteriaApplied(),
                stored.getReason(),
                stored.getModel(),
                stored.getTokensIn(),
                stored.getTokensOut(),
                stored.getCostUsd(),
                stored.getLatencyMs(),
                stored.getIssuedAt(),
                stored.getStages().stream().map(StoredRows::stageAnswer).toList(),
                stored.getProgress());
    }

    private static Verdict.StageAnswer stageAnswer(StoredStage stored) {
        return new Verdict.StageAnswer(
                Verdict.Stage.valueOf(stored.getStage()),
                Verdict.Answer.valueOf(stored.getAnswer()),
                stored.getConfidence(),
                stored.getReason(),
                stored.getModel(),
                stored.getTokensIn(),
                stored.getTokensOut(),
                stored.getCostUsd(),
                stored.getLatencyMs(),
                stored.getCalls(),
                stored.getCriteria(),
                stored.getPromptVersion(),
                stored.getAttempt(),
                stored.getProgress(),
                stored.getAnsweredBy());
    }
}
