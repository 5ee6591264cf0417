package dev.battlestream.gateway.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What came of a scale run. Quantiles are exact, by nearest rank.
 *
 * @param complete whether the run has ended, so that nothing in it changes any more
 * @param state queued, running, completed, failed, canceled or timeout
 * @param endedReason completed, budget, manual, timeout or error; null while it goes on
 * @param failure why it was refused; null if it was not
 * @param specification what was asked for; null if that was not seen
 * @param total battles that were asked for
 * @param launched battles that have begun, ended ones included
 * @param completed battles that have ended, however
 * @param counts battles that have ended, by the reason
 * @param failures battles that failed, by whose fault it was
 * @param turnsToGoal turns of the battles that reached their goal
 * @param turnLatencyMs milliseconds of each of the agent's turns
 * @param battleDurationMs milliseconds of each battle that has ended
 * @param variants the same for each variant; empty without variants
 * @param members the battles by index
 * @param asOf up to where the log was read for it
 */
public record RunReport(
        UUID runId,
        @JsonProperty("final") boolean complete,
        String state,
        @Nullable String endedReason,
        RunStatus.@Nullable RunFailure failure,
        @Nullable Specification specification,
        int total,
        int launched,
        int completed,
        RunStatus.Counts counts,
        Failures failures,
        SuccessRate successRate,
        TurnsToGoal turnsToGoal,
        Times turnLatencyMs,
        Times battleDurationMs,
        RunUsage usage,
        List<VariantResult> variants,
        List<Member> members,
        List<Offset> asOf,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /**
     * What was asked for.
     *
     * @param digest the same for equal specifications
     * @param model model reference of the agent; empty for the default
     * @param budgetUsd US dollars that the run may cost; null for no bound
     * @param seed of the first battle; null for none
     */
    public record Specification(
            String digest,
            String agentId,
            String model,
            int messageLimit,
            int runCount,
            int concurrency,
            List<VariantChoice> variants,
            @Nullable Long seed,
            @Nullable String budgetUsd,
            int timeoutSeconds,
            Map<String, String> labels) {}

    /** A variant that was asked for; an empty model stands for that of the battle. */
    public record VariantChoice(String name, String model) {}

    /** Battles that failed, by whose fault it was. */
    public record Failures(
            int request, int provider, int judge, int platform, int budget, int unknown) {}

    /**
     * How often the goal was reached.
     *
     * @param goals battles that reached it
     * @param completed battles that have ended
     * @param value goals over completed, 0 to 1; null before a battle has ended
     * @param low lower end of the interval
     * @param high upper end of the interval
     * @param confidence of the interval, 0 to 1
     * @param method how the interval is reckoned
     */
    public record SuccessRate(
            int goals,
            int completed,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            double confidence,
            String method) {}

    /**
     * How many turns it took to the goal.
     *
     * @param count battles that reached it
     * @param histogram how many took how many turns, ascending; only those that some took
     */
    public record TurnsToGoal(
            int count,
            @Nullable Integer min,
            @Nullable Integer median,
            @Nullable Integer p90,
            @Nullable Integer max,
            List<TurnsBattles> histogram) {}

    /** How many battles took so many turns. */
    public record TurnsBattles(int turns, int battles) {}

    /**
     * How long something took, in milliseconds.
     *
     * @param count what was measured; without any the others are null
     */
    public record Times(
            int count,
            @Nullable Long p50,
            @Nullable Long p90,
            @Nullable Long p95,
            @Nullable Long p99,
            @Nullable Long max) {}

    /**
     * What all roles have used.
     *
     * @param costUsd US dollars as decimal text
     * @param unsettledUsd US dollars that may be on a provider's bill beside the cost; null for
     *     nothing
     */
    public record RunUsage(
            long tokensIn,
            long tokensOut,
            String costUsd,
            @Nullable String unsettledUsd,
            UsageByRole byRole) {}

    /** The same for each role. */
    public record UsageByRole(
            RoleUsage agent, RoleUsage opponent, RoleUsage fastJudge, RoleUsage strongJudge) {}

    /**
     * What one role has used.
     *
     * @param costUsd US dollars as decimal text
     */
    public record RoleUsage(long calls, long tokensIn, long tokensOut, String costUsd) {}

    /**
     * What came of a variant.
     *
     * @param model model reference of the agent; empty for that of the battle
     * @param completed its battles that have ended
     * @param goals its battles that reached their goal
     * @param value goals over completed, 0 to 1; null before a battle has ended
     * @param low lower end of the interval
     * @param high upper end of the interval
     * @param costUsd US dollars as decimal text
     */
    public record VariantResult(
            String name,
            String model,
            int completed,
            int goals,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Integer medianTurnsToGoal,
            String costUsd) {}

    /**
     * A battle of the run.
     *
     * @param index its place in the run, from 1
     * @param variant name of the variant that it plays; null without variants
     * @param state running or ended
     * @param reason why it ended; null while it runs
     * @param failureClass whose fault it was; null if it did not fail
     * @param turns turns that the agent has played; null while it runs
     * @param costUsd US dollars as decimal text; null while it runs
     * @param durationMs milliseconds from its start to its end; null while it runs
     */
    public record Member(
            int index,
            UUID battleId,
            @Nullable String variant,
            String state,
            @Nullable String reason,
            @Nullable String failureClass,
            @Nullable Integer turns,
            @Nullable String costUsd,
            @Nullable Long durationMs,
            Instant launchedAt,
            @Nullable Instant endedAt) {}

    /**
     * Up to where a partition was read.
     *
     * @param offset behind the last record of the run
     */
    public record Offset(String topic, int partition, long offset) {}
}
