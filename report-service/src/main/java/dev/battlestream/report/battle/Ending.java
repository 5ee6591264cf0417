package dev.battlestream.report.battle;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a battle ended.
 *
 * @param reason why
 * @param failure what failed; null when nothing did
 * @param turns turns that the agent has played
 * @param messageCount messages that belong to the battle: those with seq 1 to this
 * @param verdictCount verdicts that belong to the battle: those of turn 1 to this
 * @param startedAt when the runner accepted the request
 * @param endedAt when it ended, by the runner's clock
 * @param runId the scale run that it belongs to; null for none
 * @param nextCallUsd worst case of the call that did not fit into the budget; null without one
 * @param unsettledUsd the most that may be on a provider's bill beside what was used; null for
 *     nothing
 */
public record Ending(
        EndReason reason,
        @Nullable Failure failure,
        int turns,
        int messageCount,
        int verdictCount,
        Instant startedAt,
        Instant endedAt,
        @Nullable String runId,
        @Nullable BigDecimal nextCallUsd,
        @Nullable BigDecimal unsettledUsd) {

    public Ending {
        // Counts are limits of what is shown: less than nothing is nothing.
        turns = Math.max(turns, 0);
        messageCount = Math.max(messageCount, 0);
        verdictCount = Math.max(verdictCount, 0);
        nextCallUsd = nextCallUsd == null ? null : Spent.money(nextCallUsd);
        unsettledUsd = unsettledUsd == null ? null : Spent.money(unsettledUsd);
    }
}
