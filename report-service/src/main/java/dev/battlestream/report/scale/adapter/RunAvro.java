package dev.battlestream.report.scale.adapter;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.adapter.EventAvro;
import dev.battlestream.report.scale.MemberResult;
import dev.battlestream.report.scale.RunEndReason;
import dev.battlestream.report.scale.RunEnding;
import dev.battlestream.report.scale.RunEvent;
import dev.battlestream.report.scale.RunSpecification;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of the topics as what they say about a run. As with battles, what no clock and
 * no counter can mean is brought back into range.
 */
public final class RunAvro {

    // Of the contract: a request that breaks it is read, too, and may carry anything.
    private static final int MOST_VARIANTS = 10;
    private static final int MOST_LABELS = 50;
    private static final int MOST_IN_NAME = 200;
    private static final int MOST_TURNS = 25;

    /** Characters of what failed, as the archive keeps them. */
    private static final int MOST_IN_DETAIL = 1_000;

    private RunAvro() {}

    /**
     * The run that a record speaks of.
     *
     * @throws IllegalStateException if the record is of no topic of runs
     */
    public static String runId(SpecificRecord record) {
        return switch (record) {
            case ScaleRunRequested requested -> requested.getRunId();
            case RunMemberChanged changed -> changed.getRunId();
            case ScaleRunEnded ended -> ended.getRunId();
            default -> throw unread(record);
        };
    }

    /**
     * What a record says.
     *
     * @param place the place of a member's end among those of its run
     * @throws IllegalStateException if the record is of no topic of runs
     */
    public static RunEvent event(SpecificRecord record, long place) {
        return switch (record) {
            case ScaleRunRequested requested -> requested(requested);
            case RunMemberChanged changed -> changed(changed, place);
            case ScaleRunEnded ended -> new RunEvent.Ended(ending(ended));
            default -> throw unread(record);
        };
    }

    private static IllegalStateException unread(SpecificRecord record) {
        return new IllegalStateException(
                "the view of runs does not read " + record.getSchema().getName());
    }

    /** What was asked for. */
    public static RunEvent.Requested requested(ScaleRunRequested requested) {
        return new RunEvent.Requested(
                EventAvro.instant(requested.getRequestedAt()), specification(requested));
    }

    private static RunSpecification specification(ScaleRunRequested requested) {
        BattleRequested battle = requested.getBattle();
        BigDecimal budget = requested.getBudgetUsd();
        return new RunSpecification(
                SpecificationDigest.of(requested),
                name(battle.getAgentId()),
                name(battle.getModel()),
                battle.getMessageLimit(),
                Math.max(requested.getRunCount(), 0),
                Math.max(requested.getConcurrency(), 0),
                requested.getVariants().stream()
                        .limit(MOST_VARIANTS)
                        .map(variant ->
                                new RunSpecification.RunVariant(
                                        name(variant.getName()), name(variant.getModel())))
                        .toList(),
                requested.getSeed(),
                budget == null ? null : Spent.money(budget),
                Duration.ofSeconds(Math.max(requested.getTimeoutSeconds(), 0)),
                labels(requested.getLabels()));
    }

    /** The first in the order of their names. */
    private static Map<String, String> labels(Map<String, String> all) {
        Map<String, String> kept = new TreeMap<>();
        new TreeMap<>(all)
                .entrySet().stream()
                        .limit(MOST_LABELS)
                        .forEach(label ->
                                kept.putIfAbsent(name(label.getKey()), name(label.getValue())));
        return kept;
    }

    /** As much of a name as the contract allows. */
    private static String name(String text) {
        return atMost(MOST_IN_NAME, text);
    }

    /** Half of a surrogate pair is no text. */
    private static String atMost(int most, String text) {
        if (text.length() <= most) {
            return text;
        }
        boolean pair = Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, pair ? most - 1 : most);
    }

    private static @Nullable Failure kept(@Nullable Failure failure) {
        return failure == null
                ? null
                : new Failure(failure.cause(), atMost(MOST_IN_DETAIL, failure.detail()));
    }

    private static RunEvent changed(RunMemberChanged changed, long place) {
        BattleEnded outcome = changed.getOutcome();
        return outcome == null
                ? new RunEvent.Launched(
                        changed.getIndex(),
                        changed.getBattleId(),
                        EventAvro.instant(changed.getAt()))
                : new RunEvent.MemberEnded(
                        changed.getIndex(), changed.getBattleId(), result(outcome, place));
    }

    private static MemberResult result(BattleEnded outcome, long place) {
        BattleEvent.Ended ended = EventAvro.ended(outcome);
        Ending ending = ended.ending();
        return new MemberResult(
                ending.reason(),
                kept(ending.failure()),
                ending.turns(),
                ended.used(),
                ending.unsettledUsd(),
                outcome.getTurnLatenciesMs().stream()
                        .limit(MOST_TURNS)
                        .map(EventAvro::millis)
                        .toList(),
                ending.startedAt(),
                ending.endedAt(),
                place);
    }

    /** How a run ended. */
    public static RunEnding ending(ScaleRunEnded ended) {
        dev.battlestream.events.Failure failure = ended.getFailure();
        return new RunEnding(
                switch (ended.getReason()) {
                    case COMPLETED -> RunEndReason.COMPLETED;
                    case BUDGET -> RunEndReason.BUDGET;
                    case MANUAL -> RunEndReason.MANUAL;
                    case TIMEOUT -> RunEndReason.TIMEOUT;
                    case ERROR -> RunEndReason.ERROR;
                    case UNKNOWN -> RunEndReason.UNKNOWN;
                },
                failure == null ? null : kept(EventAvro.failure(failure)),
                Math.max(ended.getLaunched(), 0),
                EventAvro.instant(ended.getStartedAt()),
                EventAvro.instant(ended.getEndedAt()));
    }
}
