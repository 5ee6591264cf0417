package dev.battlestream.report.scale;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Failure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is.
 *
 * @param progress share of its battles that have ended, 0 to 1; 1 once the run has ended, however
 *     many were played
 * @param completed battles that have ended, for whatever reason
 * @param total battles that it was asked for; while that is unknown, those that were launched
 * @param running battles that were launched and have not ended
 * @param launched battles that were launched
 * @param counts ended battles by reason; every known reason
 * @param costUsd cost of the ended battles, in US dollars
 * @param unsettledUsd the most that may be on a provider's bill beside that; null for nothing
 * @param etaSeconds in how many seconds it is expected to end; null unless it runs and a battle has
 *     ended
 * @param endedReason null until it has ended
 * @param failure why it was refused; null if it was not
 * @param requestedAt null until the request is seen
 * @param startedAt of the first launch, else by the outcome; null before either
 * @param endedAt null until it has ended
 * @param lastPlace cursor of the member that ended last; 0 for none
 */
public record RunStatus(
        String runId,
        RunState state,
        double progress,
        int completed,
        int total,
        int running,
        int launched,
        Map<EndReason, Integer> counts,
        BigDecimal costUsd,
        @Nullable BigDecimal unsettledUsd,
        @Nullable Long etaSeconds,
        @Nullable RunEndReason endedReason,
        @Nullable Failure failure,
        @Nullable Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long lastPlace) {

    /**
     * The status of a run.
     *
     * @param members of this run, in any order; those that cannot be its own do not count
     * @param now what the time limit of the run is measured against
     */
    public static RunStatus of(Run run, Collection<Member> members, Instant now) {
        RunTally tally = RunTally.of(run, members);
        RunEnding ending = run.ending();
        return new RunStatus(
                run.runId(),
                tally.state(),
                ending == null ? share(tally.completed(), tally.total()) : 1,
                tally.completed(),
                tally.total(),
                tally.running(),
                tally.launched(),
                tally.counts(),
                tally.costUsd(),
                tally.unsettledUsd(),
                ending == null ? eta(run.specification(), tally, now) : null,
                ending == null ? null : ending.reason(),
                ending == null ? null : ending.failure(),
                run.requestedAt(),
                tally.startedAt(),
                ending == null ? null : ending.endedAt(),
                tally.ended().stream().mapToLong(MemberResult::place).max().orElse(0));
    }

    private static double share(int completed, int total) {
        return total == 0 ? 0 : Math.min(1, (double) completed / total);
    }

    /**
     * The waves of battles that are left, each as long as a battle took on average so far, but no
     * longer than the run may take.
     */
    private static @Nullable Long eta(
            @Nullable RunSpecification specification, RunTally tally, Instant now) {
        if (specification == null || tally.startedAt() == null || tally.completed() == 0) {
            return null;
        }
        long playedMs = tally.ended().stream().mapToLong(MemberResult::durationMs).sum();
        long left = Math.max(0, tally.total() - tally.completed());
        double waves = (double) left / Math.max(1, specification.concurrency());
        long seconds = (long) Math.ceil(playedMs * waves / tally.completed() / 1000);
        Duration allowed = Duration.between(now, tally.startedAt().plus(specification.timeout()));
        return Math.min(seconds, Math.max(0, allowed.toSeconds()));
    }
}
