package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Used;
import dev.battlestream.report.battle.adapter.StoredRows;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.MemberResult;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEndReason;
import dev.battlestream.report.scale.RunEnding;
import dev.battlestream.report.scale.RunSpecification;
import dev.battlestream.stored.report.StoredAsOf;
import dev.battlestream.stored.report.StoredMemberResult;
import dev.battlestream.stored.report.StoredRun;
import dev.battlestream.stored.report.StoredRunEnding;
import dev.battlestream.stored.report.StoredRunMember;
import dev.battlestream.stored.report.StoredSpecification;
import dev.battlestream.stored.report.StoredVariant;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serde;
import org.jspecify.annotations.Nullable;

/** How runs and members lie in the state stores, as {@link StoredRows} of battles. */
final class RunRows {

    private RunRows() {}

    static Serde<RunRow> runs() {
        return StoredRows.serde(StoredRun.class, RunRows::stored, RunRows::row);
    }

    static Serde<Member> members() {
        return StoredRows.serde(StoredRunMember.class, RunRows::stored, RunRows::member);
    }

    private static StoredRun stored(RunRow row) {
        Run run = row.run();
        return StoredRun.newBuilder()
                .setRunId(run.runId())
                .setSpecification(storedOrNull(run.requestedAt(), run.specification()))
                .setEnding(storedOrNull(run.ending()))
                .setAsOf(run.asOf().stream().map(RunRows::stored).toList())
                .setRecordedAt(row.recordedAt())
                .build();
    }

    private static RunRow row(StoredRun stored) {
        StoredSpecification specification = stored.getSpecification();
        StoredRunEnding ending = stored.getEnding();
        return new RunRow(
                new Run(
                        stored.getRunId(),
                        specification == null ? null : specification.getRequestedAt(),
                        specification == null ? null : specification(specification),
                        ending == null ? null : ending(ending),
                        stored.getAsOf().stream().map(RunRows::asOf).toList()),
                stored.getRecordedAt());
    }

    private static @Nullable StoredSpecification storedOrNull(
            @Nullable Instant requestedAt, @Nullable RunSpecification specification) {
        return requestedAt == null || specification == null
                ? null
                : StoredSpecification.newBuilder()
                        .setRequestedAt(requestedAt)
                        .setDigest(specification.digest())
                        .setAgentId(specification.agentId())
                        .setModel(specification.model())
                        .setMessageLimit(specification.messageLimit())
                        .setRunCount(specification.runCount())
                        .setConcurrency(specification.concurrency())
                        .setVariants(
                                specification.variants().stream().map(RunRows::stored).toList())
                        .setSeed(specification.seed())
                        .setBudgetUsd(specification.budgetUsd())
                        .setTimeoutSeconds(Math.toIntExact(specification.timeout().toSeconds()))
                        .setLabels(specification.labels())
                        .build();
    }

    private static RunSpecification specification(StoredSpecification stored) {
        return new RunSpecification(
                stored.getDigest(),
                stored.getAgentId(),
                stored.getModel(),
                stored.getMessageLimit(),
                stored.getRunCount(),
                stored.getConcurrency(),
                stored.getVariants().stream().map(RunRows::variant).toList(),
                stored.getSeed(),
                stored.getBudgetUsd(),
                Duration.ofSeconds(stored.getTimeoutSeconds()),
                stored.getLabels());
    }

    private static StoredVariant stored(RunSpecification.RunVariant variant) {
        return StoredVariant.newBuilder().setName(variant.name()).setModel(variant.model()).build();
    }

    private static RunSpecification.RunVariant variant(StoredVariant stored) {
        return new RunSpecification.RunVariant(stored.getName(), stored.getModel());
    }

    private static @Nullable StoredRunEnding storedOrNull(@Nullable RunEnding ending) {
        if (ending == null) {
            return null;
        }
        Failure failure = ending.failure();
        return StoredRunEnding.newBuilder()
                .setReason(ending.reason().name())
                .setFailureClass(failure == null ? null : failure.cause().name())
                .setFailureDetail(failure == null ? null : failure.detail())
                .setLaunched(ending.launched())
                .setStartedAt(ending.startedAt())
                .setEndedAt(ending.endedAt())
                .build();
    }

    private static RunEnding ending(StoredRunEnding stored) {
        return new RunEnding(
                RunEndReason.valueOf(stored.getReason()),
                failureOrNull(stored.getFailureClass(), stored.getFailureDetail()),
                stored.getLaunched(),
                stored.getStartedAt(),
                stored.getEndedAt());
    }

    private static StoredAsOf stored(Run.AsOf asOf) {
        return StoredAsOf.newBuilder()
                .setTopic(asOf.topic())
                .setPartition(asOf.partition())
                .setOffset(asOf.offset())
                .build();
    }

    private static Run.AsOf asOf(StoredAsOf stored) {
        return new Run.AsOf(stored.getTopic(), stored.getPartition(), stored.getOffset());
    }

    private static StoredRunMember stored(Member member) {
        return StoredRunMember.newBuilder()
                .setIndex(member.index())
                .setBattleId(member.battleId())
                .setLaunchedAt(member.launchedAt())
                .setResult(storedOrNull(member.result()))
                .build();
    }

    private static Member member(StoredRunMember stored) {
        StoredMemberResult result = stored.getResult();
        return new Member(
                stored.getIndex(),
                stored.getBattleId(),
                stored.getLaunchedAt(),
                result == null ? null : result(result));
    }

    private static @Nullable StoredMemberResult storedOrNull(@Nullable MemberResult result) {
        if (result == null) {
            return null;
        }
        Failure failure = result.failure();
        Used used = result.used();
        return StoredMemberResult.newBuilder()
                .setReason(result.reason().name())
                .setFailureClass(failure == null ? null : failure.cause().name())
                .setFailureDetail(failure == null ? null : failure.detail())
                .setTurns(result.turns())
                .setAgent(StoredRows.stored(used.agent()))
                .setOpponent(StoredRows.stored(used.opponent()))
                .setJudge(StoredRows.stored(used.judge()))
                .setStrongJudge(StoredRows.storedOrNull(used.strongJudge()))
                .setUnsettledUsd(result.unsettledUsd())
                .setTurnLatenciesMs(result.turnLatenciesMs())
                .setStartedAt(result.startedAt())
                .setEndedAt(result.endedAt())
                .setPlace(result.place())
                .build();
    }

    private static MemberResult result(StoredMemberResult stored) {
        return new MemberResult(
                EndReason.valueOf(stored.getReason()),
                failureOrNull(stored.getFailureClass(), stored.getFailureDetail()),
                stored.getTurns(),
                new Used(
                        StoredRows.spent(stored.getAgent()),
                        StoredRows.spent(stored.getOpponent()),
                        StoredRows.spent(stored.getJudge()),
                        StoredRows.spentOrNull(stored.getStrongJudge())),
                stored.getUnsettledUsd(),
                stored.getTurnLatenciesMs(),
                stored.getStartedAt(),
                stored.getEndedAt(),
                stored.getPlace());
    }

    private static @Nullable Failure failureOrNull(
            @Nullable String cause, @Nullable String detail) {
        return cause == null || detail == null
                ? null
                : new Failure(Failure.Cause.valueOf(cause), detail);
    }
}
