package dev.battlestream.gateway.report;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some scale runs, newest first.
 *
 * @param nextCursor what to ask for next as cursor; null on the last page
 */
public record RunList(List<RunEntry> runs, @Nullable String nextCursor) {

    /**
     * A run. What only its end tells is null before it.
     *
     * @param state queued, running, completed, failed, canceled or timeout
     * @param endedReason completed, budget, manual, timeout or error
     * @param total battles that were asked for
     * @param launched battles that have begun, ended ones included
     * @param goals battles that reached their goal
     * @param costUsd US dollars that the battles have cost together, as decimal text
     * @param clientId who asked; null if that is not known
     * @param requestedAt what the list is ordered by
     */
    public record RunEntry(
            UUID runId,
            String state,
            @Nullable String endedReason,
            int total,
            @Nullable Integer launched,
            @Nullable Integer goals,
            @Nullable String costUsd,
            @Nullable String clientId,
            Instant requestedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}
}
