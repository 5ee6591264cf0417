package dev.battlestream.local.battles;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How a battle is doing.
 *
 * @param state queued, running, completed, failed, canceled or timeout
 * @param turn the agent's last turn, 0 before the first
 * @param messageCount messages that belong to the battle
 * @param endedReason null while it goes on
 * @param failureClass whose fault an error was, null without one
 * @param failureDetail a sentence about it, null without one
 * @param tokensIn read by all models
 * @param tokensOut written by all models
 * @param costUsd US dollars spent on all models
 * @param nextCallUsd US dollars that the call would have cost at most that did not fit into the
 *     budget, null without one
 */
public record BattleStatus(
        String id,
        String state,
        int turn,
        int messageCount,
        @Nullable String endedReason,
        @Nullable String failureClass,
        @Nullable String failureDetail,
        long tokensIn,
        long tokensOut,
        BigDecimal costUsd,
        @Nullable BigDecimal nextCallUsd) {

    public boolean hasEnded() {
        return endedReason != null;
    }
}
