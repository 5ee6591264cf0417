package dev.battlestream.report.battle.adapter;

import dev.battlestream.events.BattleDeletionRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.StageVerdict;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Usage;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Speaker;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import dev.battlestream.report.battle.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads the records of the topics as what they say about a battle. Times and durations that no
 * clock can mean are brought back into range: anyone may write, and a view must be able to store
 * and show what it accepts.
 */
public final class EventAvro {

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    private static final long LONGEST_MS = Duration.ofDays(30).toMillis();

    private EventAvro() {}

    /**
     * The battle that a record speaks of.
     *
     * @throws IllegalStateException if the record is of no topic that the views read
     */
    public static String battleId(SpecificRecord record) {
        return switch (record) {
            case BattleRequested requested -> requested.getBattleId();
            case TurnProduced turn -> turn.getBattleId();
            case VerdictIssued verdict -> verdict.getBattleId();
            case BattleEnded ended -> ended.getBattleId();
            case BattleDeletionRequested deletion -> deletion.getBattleId();
            default -> throw unread(record);
        };
    }

    /**
     * What a record says.
     *
     * @throws IllegalStateException if the record is of no topic that the views read
     */
    public static BattleEvent event(SpecificRecord record) {
        return switch (record) {
            case BattleRequested requested -> requested(requested);
            case TurnProduced turn -> new BattleEvent.Played(message(turn));
            case VerdictIssued verdict -> new BattleEvent.Judged(verdict(verdict));
            case BattleEnded ended -> ended(ended);
            case BattleDeletionRequested deletion ->
                    new BattleEvent.Deleted(instant(deletion.getRequestedAt()));
            default -> throw unread(record);
        };
    }

    private static IllegalStateException unread(SpecificRecord record) {
        return new IllegalStateException("no view reads " + record.getSchema().getName());
    }

    private static BattleEvent requested(BattleRequested requested) {
        return new BattleEvent.Requested(
                instant(requested.getRequestedAt()),
                requested.getAgentId(),
                requested.getModel(),
                requested.getMessageLimit(),
                requested.getRunId());
    }

    private static Message message(TurnProduced turn) {
        return new Message(
                turn.getSeq(),
                turn.getTurn(),
                switch (turn.getSpeaker()) {
                    case AGENT -> Speaker.AGENT;
                    case OPPONENT -> Speaker.OPPONENT;
                    case UNKNOWN -> Speaker.UNKNOWN;
                },
                turn.getContent(),
                turn.getModel(),
                turn.getTokensIn(),
                turn.getTokensOut(),
                turn.getCostUsd(),
                millis(turn.getLatencyMs()),
                turn.getCalls(),
                instant(turn.getProducedAt()),
                turn.getFailure() != null,
                turn.getAnsweredBy());
    }

    private static Verdict verdict(VerdictIssued verdict) {
        return new Verdict(
                verdict.getTurn(),
                verdict.getSeq(),
                answer(verdict.getVerdict()),
                stage(verdict.getDecidedBy()),
                verdict.getConfidence(),
                verdict.getCriteriaApplied(),
                verdict.getReason(),
                verdict.getModel(),
                verdict.getTokensIn(),
                verdict.getTokensOut(),
                verdict.getCostUsd(),
                millis(verdict.getLatencyMs()),
                instant(verdict.getIssuedAt()),
                verdict.getStages().stream().map(EventAvro::stageAnswer).toList(),
                verdict.getProgress());
    }

    private static Verdict.StageAnswer stageAnswer(StageVerdict said) {
        return new Verdict.StageAnswer(
                stage(said.getStage()),
                answer(said.getVerdict()),
                said.getConfidence(),
                said.getReason(),
                said.getModel(),
                said.getTokensIn(),
                said.getTokensOut(),
                said.getCostUsd(),
                millis(said.getLatencyMs()),
                said.getCalls(),
                said.getCriteria(),
                said.getPromptVersion(),
                said.getAttempt(),
                said.getProgress(),
                said.getAnsweredBy());
    }

    private static Verdict.Answer answer(dev.battlestream.events.Verdict verdict) {
        return switch (verdict) {
            case YES -> Verdict.Answer.YES;
            case NO -> Verdict.Answer.NO;
            case UNCERTAIN -> Verdict.Answer.UNCERTAIN;
        };
    }

    private static Verdict.Stage stage(dev.battlestream.events.JudgeStage stage) {
        return switch (stage) {
            case VALIDATOR -> Verdict.Stage.VALIDATOR;
            case FAST -> Verdict.Stage.FAST;
            case STRONG -> Verdict.Stage.STRONG;
            case UNKNOWN -> Verdict.Stage.UNKNOWN;
        };
    }

    /** How a battle ended. */
    public static BattleEvent.Ended ended(BattleEnded ended) {
        dev.battlestream.events.Failure failure = ended.getFailure();
        Usage strong = ended.getStrongJudgeUsage();
        return new BattleEvent.Ended(
                new Ending(
                        reason(ended.getReason()),
                        failure == null ? null : failure(failure),
                        ended.getTurns(),
                        ended.getMessageCount(),
                        ended.getVerdictCount(),
                        instant(ended.getStartedAt()),
                        instant(ended.getEndedAt()),
                        ended.getRunId(),
                        ended.getNextCallUsd(),
                        ended.getUnsettledUsd()),
                new Used(
                        spent(ended.getAgentUsage()),
                        spent(ended.getOpponentUsage()),
                        spent(ended.getJudgeUsage()),
                        strong == null ? null : spent(strong)));
    }

    private static EndReason reason(dev.battlestream.events.EndReason reason) {
        return switch (reason) {
            case GOAL -> EndReason.GOAL;
            case LIMIT -> EndReason.LIMIT;
            case PLATEAU -> EndReason.PLATEAU;
            case BUDGET -> EndReason.BUDGET;
            case ERROR -> EndReason.ERROR;
            case MANUAL -> EndReason.MANUAL;
            case TIMEOUT -> EndReason.TIMEOUT;
            case STOPPED -> EndReason.STOPPED;
            case UNKNOWN -> EndReason.UNKNOWN;
        };
    }

    /** What failed. */
    public static Failure failure(dev.battlestream.events.Failure failure) {
        return new Failure(
                switch (failure.getFailureClass()) {
                    case REQUEST -> Failure.Cause.REQUEST;
                    case PROVIDER -> Failure.Cause.PROVIDER;
                    case JUDGE -> Failure.Cause.JUDGE;
                    case PLATFORM -> Failure.Cause.PLATFORM;
                    case BUDGET -> Failure.Cause.BUDGET;
                    case UNKNOWN -> Failure.Cause.UNKNOWN;
                },
                failure.getDetail());
    }

    private static Spent spent(Usage usage) {
        return new Spent(
                usage.getCalls(), usage.getTokensIn(), usage.getTokensOut(), usage.getCostUsd());
    }

    /** A time, brought back into the range that a view can store and show. */
    public static Instant instant(Instant at) {
        if (at.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return at.isAfter(LATEST) ? LATEST : at;
    }

    /** A duration in milliseconds, brought back into range. */
    public static long millis(long duration) {
        return Math.clamp(duration, 0, LONGEST_MS);
    }
}
