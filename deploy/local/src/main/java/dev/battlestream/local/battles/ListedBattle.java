package dev.battlestream.local.battles;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A battle in a list; what only its end tells is null before it.
 *
 * @param state running, completed, failed, canceled or timeout
 * @param failureClass whose fault an error was
 * @param agent the agent's name, empty while unknown
 * @param model the model that was asked for, empty for the default
 * @param costUsd US dollars spent on all models
 * @param createdAt when it was asked for
 * @param startedAt when it was taken up
 */
public record ListedBattle(
        String id,
        String state,
        @Nullable String endedReason,
        @Nullable String failureClass,
        String agent,
        String model,
        @Nullable Integer messageCount,
        @Nullable BigDecimal costUsd,
        @Nullable Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /** How long it was played; null before its end. */
    public @Nullable Duration duration() {
        return startedAt == null || endedAt == null ? null : Duration.between(startedAt, endedAt);
    }
}
