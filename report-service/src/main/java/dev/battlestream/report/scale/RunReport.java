package dev.battlestream.report.scale;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run. Follows from the rows alone, whatever their order; no clock takes part.
 *
 * @param complete whether nothing more can come: the run has ended, and so has every member that it
 *     launched
 * @param endedReason null until the run has ended
 * @param failure why it was refused; null if it was not
 * @param specification null until the request is seen
 * @param total battles that it was asked for; while that is unknown, those that were launched
 * @param launched battles that were launched
 * @param completed battles that have ended, for whatever reason
 * @param counts ended battles by reason; every known reason
 * @param failures ended battles with a failure, by its cause; every cause
 * @param successRate share of the ended battles that reached their goal
 * @param turnLatencyMs over all turns of the agent in ended battles, in milliseconds
 * @param battleDurationMs over the ended battles, in milliseconds
 * @param variants in the order of the request; empty if all play alike
 * @param members by index
 * @param startedAt of the first launch, else by the outcome; null before either
 * @param endedAt null until the run has ended
 */
public record RunReport(
        String runId,
        boolean complete,
        RunState state,
        @Nullable RunEndReason endedReason,
        @Nullable Failure failure,
        @Nullable RunSpecification specification,
        int total,
        int launched,
        int completed,
        Map<EndReason, Integer> counts,
        Map<Failure.Cause, Integer> failures,
        SuccessRate successRate,
        TurnsToGoal turnsToGoal,
        Latencies turnLatencyMs,
        Latencies battleDurationMs,
        Usage usage,
        List<VariantResult> variants,
        List<Member> members,
        List<Run.AsOf> asOf,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /**
     * How many battles reached their goal.
     *
     * @param completed battles that have ended
     * @param interval where the true share lies; null while completed is 0
     */
    public record SuccessRate(int goals, int completed, @Nullable WilsonInterval interval) {

        private static SuccessRate of(Collection<MemberResult> ended) {
            int goals = Math.toIntExact(ended.stream().filter(RunReport::reachedGoal).count());
            return new SuccessRate(goals, ended.size(), WilsonInterval.of(goals, ended.size()));
        }

        /** The share, 0 to 1; null while nothing has ended. */
        public @Nullable Double value() {
            return completed == 0 ? null : (double) goals / completed;
        }
    }

    /**
     * Turns that the battles with reached goal took.
     *
     * @param count of these battles; all but the histogram is null if there are none
     * @param histogram ascending; only numbers of turns that occurred
     */
    public record TurnsToGoal(
            int count,
            @Nullable Long min,
            @Nullable Long median,
            @Nullable Long p90,
            @Nullable Long max,
            List<Bin> histogram) {

        /** How many battles took this many turns. */
        public record Bin(long turns, int battles) {}

        private static TurnsToGoal of(Collection<MemberResult> ended) {
            List<Long> turns = turnsOfGoals(ended);
            Map<Long, Integer> battles = new TreeMap<>();
            turns.forEach(taken -> battles.merge(taken, 1, Integer::sum));
            Percentiles percentiles = Percentiles.of(turns);
            return new TurnsToGoal(
                    percentiles.count(),
                    percentiles.least(),
                    percentiles.at(50),
                    percentiles.at(90),
                    percentiles.at(100),
                    battles.entrySet().stream()
                            .map(bin -> new Bin(bin.getKey(), bin.getValue()))
                            .toList());
        }
    }

    /**
     * Percentiles by nearest rank, in milliseconds.
     *
     * @param count of the values; all else is null if there are none
     */
    public record Latencies(
            int count,
            @Nullable Long p50,
            @Nullable Long p90,
            @Nullable Long p95,
            @Nullable Long p99,
            @Nullable Long max) {

        private static Latencies of(Collection<Long> values) {
            Percentiles percentiles = Percentiles.of(values);
            return new Latencies(
                    percentiles.count(),
                    percentiles.at(50),
                    percentiles.at(90),
                    percentiles.at(95),
                    percentiles.at(99),
                    percentiles.at(100));
        }
    }

    /**
     * What the ended battles have used.
     *
     * @param fastJudge the judge's without the strong one's, and all of it where nothing tells them
     *     apart
     * @param unsettledUsd the most that may be on a provider's bill beside that; null for nothing
     */
    public record Usage(
            Spent agent,
            Spent opponent,
            Spent fastJudge,
            Spent strongJudge,
            @Nullable BigDecimal unsettledUsd) {

        private static Usage of(RunTally tally) {
            Usage sum =
                    new Usage(
                            Spent.NOTHING,
                            Spent.NOTHING,
                            Spent.NOTHING,
                            Spent.NOTHING,
                            tally.unsettledUsd());
            for (MemberResult result : tally.ended()) {
                sum = sum.with(result.used());
            }
            return sum;
        }

        private Usage with(Used used) {
            Spent fast = used.fastJudge();
            Spent strong = used.strongJudge();
            return new Usage(
                    agent.plus(used.agent()),
                    opponent.plus(used.opponent()),
                    fastJudge.plus(fast == null ? used.judge() : fast),
                    strongJudge.plus(strong == null ? Spent.NOTHING : strong),
                    unsettledUsd);
        }

        /** What all roles have used. */
        public Spent total() {
            return agent.plus(opponent).plus(fastJudge).plus(strongJudge);
        }
    }

    /**
     * What came of the battles of a variant.
     *
     * @param model model reference of its agent; empty for the runner's default
     * @param medianTurnsToGoal null while none reached the goal
     */
    public record VariantResult(
            String name,
            String model,
            SuccessRate successRate,
            @Nullable Long medianTurnsToGoal,
            BigDecimal costUsd) {

        private static VariantResult of(String name, String model, Collection<MemberResult> ended) {
            return new VariantResult(
                    name,
                    model,
                    SuccessRate.of(ended),
                    Percentiles.of(turnsOfGoals(ended)).at(50),
                    RunTally.cost(ended));
        }
    }

    /**
     * The report of a run.
     *
     * @param all members of this run, in any order; those that cannot be its own do not count
     */
    public static RunReport of(Run run, Collection<Member> all) {
        List<Member> members = run.own(all);
        RunTally tally = RunTally.of(run, members);
        List<MemberResult> ended = tally.ended();
        RunEnding ending = run.ending();
        return new RunReport(
                run.runId(),
                ending != null && tally.completed() == tally.launched(),
                tally.state(),
                ending == null ? null : ending.reason(),
                ending == null ? null : ending.failure(),
                run.specification(),
                tally.total(),
                tally.launched(),
                tally.completed(),
                tally.counts(),
                failures(ended),
                SuccessRate.of(ended),
                TurnsToGoal.of(ended),
                Latencies.of(
                        ended.stream()
                                .flatMap(result -> result.turnLatenciesMs().stream())
                                .toList()),
                Latencies.of(ended.stream().map(MemberResult::durationMs).toList()),
                Usage.of(tally),
                variants(run.specification(), members),
                members.stream().sorted(Comparator.comparingInt(Member::index)).toList(),
                run.asOf(),
                tally.startedAt(),
                ending == null ? null : ending.endedAt());
    }

    private static boolean reachedGoal(MemberResult result) {
        return result.reason() == EndReason.GOAL;
    }

    private static List<Long> turnsOfGoals(Collection<MemberResult> ended) {
        return ended.stream()
                .filter(RunReport::reachedGoal)
                .map(result -> (long) result.turns())
                .toList();
    }

    private static Map<Failure.Cause, Integer> failures(List<MemberResult> ended) {
        Map<Failure.Cause, Integer> failures = new EnumMap<>(Failure.Cause.class);
        for (Failure.Cause cause : Failure.Cause.values()) {
            failures.put(cause, 0);
        }
        for (MemberResult result : ended) {
            if (result.failure() != null) {
                failures.merge(result.failure().cause(), 1, Integer::sum);
            }
        }
        return Collections.unmodifiableMap(failures);
    }

    private static List<VariantResult> variants(
            @Nullable RunSpecification specification, Collection<Member> members) {
        if (specification == null) {
            return List.of();
        }
        List<RunSpecification.RunVariant> variants = specification.variants();
        return IntStream.range(0, variants.size())
                .mapToObj(place ->
                        VariantResult.of(
                                variants.get(place).name(),
                                model(variants.get(place), specification),
                                results(place, variants.size(), members)))
                .toList();
    }

    private static String model(
            RunSpecification.RunVariant variant, RunSpecification specification) {
        return variant.model().isEmpty() ? specification.model() : variant.model();
    }

    /** Of the members that play the variant at this place, as {@link RunSpecification#variant}. */
    private static List<MemberResult> results(int place, int variants, Collection<Member> members) {
        List<MemberResult> results = new ArrayList<>();
        for (Member member : members) {
            if (member.result() != null && (member.index() - 1) % variants == place) {
                results.add(member.result());
            }
        }
        return results;
    }
}
