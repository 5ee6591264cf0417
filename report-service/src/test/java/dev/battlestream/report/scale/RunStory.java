package dev.battlestream.report.scale;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A run of ten battles in two variants, three at once. */
public final class RunStory {

    public static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    public static final String RUN_ID = "0198f3a4-0000-7000-8000-00000000beef";

    private static final List<Run.AsOf> AS_OF =
            List.of(
                    new Run.AsOf("scale.requests", 2, 5),
                    new Run.AsOf("scale.members", 2, 41),
                    new Run.AsOf("scale.outcomes", 2, 3));

    private RunStory() {}

    public static RunSpecification specification() {
        return specification(
                List.of(
                        new RunSpecification.RunVariant("terse", ""),
                        new RunSpecification.RunVariant("patient", "scripted:patient")));
    }

    public static RunSpecification specification(List<RunSpecification.RunVariant> variants) {
        return specification("support-bot", variants, Map.of("team", "checkout", "build", "417"));
    }

    public static RunSpecification specification(
            String agentId,
            List<RunSpecification.RunVariant> variants,
            Map<String, String> labels) {
        return new RunSpecification(
                "5f".repeat(32),
                agentId,
                "scripted:closer",
                12,
                10,
                3,
                variants,
                42L,
                new BigDecimal("2.50"),
                Duration.ofMinutes(30),
                labels);
    }

    public static Run running() {
        return new Run(RUN_ID, START.minusSeconds(1), specification(), null, AS_OF);
    }

    public static Run ended() {
        return ended(RunEndReason.COMPLETED, 10);
    }

    public static Run ended(RunEndReason reason, int launched) {
        return ended(specification(), reason, launched, null);
    }

    public static Run ended(
            RunSpecification specification,
            RunEndReason reason,
            int launched,
            @Nullable Failure failure) {
        return new Run(
                RUN_ID,
                START.minusSeconds(1),
                specification,
                new RunEnding(reason, failure, launched, START, START.plusSeconds(190)),
                AS_OF);
    }

    /** Seven of them reach the goal, in 4, 6, 4, 5, 4, 7 and 5 turns. */
    public static List<Member> members() {
        return List.of(
                member(1, EndReason.GOAL, 4),
                member(2, EndReason.GOAL, 6),
                member(3, EndReason.GOAL, 4),
                member(4, EndReason.LIMIT, 12),
                member(5, EndReason.GOAL, 5),
                failed(6, 2, Failure.Cause.PROVIDER),
                member(7, EndReason.GOAL, 4),
                member(8, EndReason.PLATEAU, 9),
                member(9, EndReason.GOAL, 7),
                member(10, EndReason.GOAL, 5));
    }

    public static Member launched(int index) {
        return new Member(index, battleId(index), launchedAt(index), null);
    }

    public static Member member(int index, EndReason reason, int turns) {
        return member(index, reason, turns, null, used(turns), null);
    }

    public static Member failed(int index, int turns, Failure.Cause cause) {
        return member(
                index,
                EndReason.ERROR,
                turns,
                new Failure(cause, "The provider answered 500 three times"),
                used(turns),
                new BigDecimal("0.001"));
    }

    /** A member whose judge's use nothing tells apart. */
    public static Member undivided(int index, EndReason reason, int turns) {
        Used used = used(turns);
        return member(
                index,
                reason,
                turns,
                null,
                new Used(used.agent(), used.opponent(), used.judge(), null),
                null);
    }

    /** Counts by reason; 0 for those that are not given. */
    static Map<EndReason, Integer> counts(Map<EndReason, Integer> given) {
        Map<EndReason, Integer> counts = new EnumMap<>(EndReason.class);
        for (EndReason reason : EndReason.values()) {
            counts.put(reason, given.getOrDefault(reason, 0));
        }
        counts.remove(EndReason.UNKNOWN);
        return counts;
    }

    /** It lasts ten seconds for each turn; a turn takes longer each time. */
    private static Member member(
            int index,
            EndReason reason,
            int turns,
            @Nullable Failure failure,
            Used used,
            @Nullable BigDecimal unsettledUsd) {
        return new Member(
                index,
                battleId(index),
                launchedAt(index),
                new MemberResult(
                        reason,
                        failure,
                        turns,
                        used,
                        unsettledUsd,
                        LongStream.rangeClosed(1, turns).map(turn -> turn * 100).boxed().toList(),
                        launchedAt(index),
                        launchedAt(index).plusSeconds(10L * turns),
                        100L + index));
    }

    private static Used used(int turns) {
        return new Used(
                spent(turns, "0.01"), spent(turns, "0.004"), spent(turns, "0.003"), strong(turns));
    }

    private static Spent strong(int turns) {
        return new Spent(1, 30, 3, new BigDecimal("0.001").multiply(BigDecimal.valueOf(turns)));
    }

    private static Spent spent(int turns, String usd) {
        return new Spent(
                turns,
                300L * turns,
                40L * turns,
                new BigDecimal(usd).multiply(BigDecimal.valueOf(turns)));
    }

    private static Instant launchedAt(int index) {
        return START.plusSeconds(index);
    }

    private static String battleId(int index) {
        return "0198f3a4-0000-7000-8000-%012d".formatted(index);
    }
}
