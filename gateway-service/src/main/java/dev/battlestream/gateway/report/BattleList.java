package dev.battlestream.gateway.report;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Some battles, newest first.
 *
 * @param nextCursor what to ask for next as cursor; null on the last page
 */
public record BattleList(List<Entry> battles, @Nullable String nextCursor) {

    /**
     * A battle. What only its end tells is null before it.
     *
     * @param jobId the battle; the same as battleId and conversationId
     * @param state running, completed, failed, canceled or timeout; also running while it is queued
     * @param createdAt what the list is ordered by
     * @param agentId the agent that plays
     * @param model model reference that was asked for; null for the default
     * @param runId the scale run that it belongs to; null for none
     * @param turn turns that the agent has played
     * @param messageCount messages that belong to the battle
     * @param endedReason goal, limit, plateau, budget, error, manual or timeout
     * @param usage what all roles have used
     */
    public record Entry(
            UUID jobId,
            UUID battleId,
            UUID conversationId,
            String state,
            Instant createdAt,
            @Nullable String agentId,
            @Nullable String model,
            @Nullable String runId,
            @Nullable Integer turn,
            @Nullable Integer messageCount,
            @Nullable String endedReason,
            BattleStatus.@Nullable Failure failure,
            BattleStatus.@Nullable Usage usage,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}
}
