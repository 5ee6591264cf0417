package dev.battlestream.local.scale;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run in a list; what only its end tells is null before it.
 *
 * @param state queued, running, completed, failed, canceled or timeout
 * @param total battles that were asked for
 * @param goals battles that reached their goal
 * @param costUsd US dollars spent on all battles
 */
public record ListedRun(
        String id,
        String state,
        @Nullable String endedReason,
        int total,
        @Nullable Integer goals,
        @Nullable BigDecimal costUsd,
        @Nullable Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {}
