package dev.battlestream.report.scale;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a member ended.
 *
 * @param failure what failed; null when nothing did
 * @param turns turns that the agent has played
 * @param used what each role has used
 * @param unsettledUsd the most that may be on a provider's bill beside that; null for nothing
 * @param turnLatenciesMs how long each turn of the agent took, in order, in milliseconds
 * @param startedAt when the runner accepted the battle
 * @param endedAt when it ended, by the runner's clock
 * @param place where its end stands among those of the run: later ends have larger places; the
 *     cursor of the run's stream
 */
public record MemberResult(
        EndReason reason,
        @Nullable Failure failure,
        int turns,
        Used used,
        @Nullable BigDecimal unsettledUsd,
        List<Long> turnLatenciesMs,
        Instant startedAt,
        Instant endedAt,
        long place) {

    public MemberResult {
        turns = Math.max(turns, 0);
        unsettledUsd = unsettledUsd == null ? null : Spent.money(unsettledUsd);
        turnLatenciesMs = List.copyOf(turnLatenciesMs);
    }

    /** From start to end by the runner's clock, in milliseconds; not below 0. */
    public long durationMs() {
        return Math.max(0, Duration.between(startedAt, endedAt).toMillis());
    }
}
