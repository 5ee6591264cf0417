package dev.battlestream.gateway.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a battle is doing, as the contract shows it.
 *
 * @param jobId the battle; the same as conversationId
 * @param state queued, running, completed, failed, canceled or timeout
 * @param progress turns over the limit, 0 to 1; 1 when ended
 * @param turn the agent's last turn, 0 before the first
 * @param messageCount messages played
 * @param lastSeq seq of the last message, 0 before the first
 * @param endedReason goal, limit, plateau, budget, error, manual, timeout or stopped; null while it
 *     goes on
 * @param nextCallUsd US dollars that the call would have cost at most that did not fit into the
 *     budget; null without one
 * @param unsettledUsd US dollars that may be on a provider's bill beside the usage: attempts that
 *     broke off, calls in flight at a crash or at the end; null for nothing
 * @param usage what all roles have used
 */
public record BattleStatus(
        UUID jobId,
        UUID conversationId,
        String state,
        double progress,
        int turn,
        int messageCount,
        int lastSeq,
        @Nullable Instant lastActivityAt,
        @Nullable String endedReason,
        @Nullable Failure failure,
        @Nullable String nextCallUsd,
        @Nullable String unsettledUsd,
        @Nullable Usage usage,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String runId) {

    /** The state of a battle that no runner has taken yet. */
    public static final String QUEUED = "queued";

    /** The state of a battle that is being played. */
    public static final String RUNNING = "running";

    private static final String MANUAL = "manual";
    private static final String PROVIDER = "provider";

    /** A battle that was accepted and of which nothing else is known yet. */
    public static BattleStatus queued(UUID id, Instant acceptedAt) {
        return new BattleStatus(
                id,
                id,
                QUEUED,
                0,
                0,
                0,
                0,
                acceptedAt,
                null,
                null,
                null,
                null,
                Usage.NOTHING,
                null,
                null,
                null);
    }

    /** A battle that was accepted and whose request never reached a runner, or was lost there. */
    public static BattleStatus failedHere(UUID id, Instant acceptedAt, Instant endedAt) {
        return new BattleStatus(
                id,
                id,
                "failed",
                1,
                0,
                0,
                0,
                endedAt,
                "error",
                new Failure("platform", "The request was accepted, but nothing played it"),
                null,
                null,
                Usage.NOTHING,
                acceptedAt,
                endedAt,
                null);
    }

    /** Whether the battle goes on no more. */
    public boolean hasEnded() {
        return endedReason != null;
    }

    /** What the provider of the agent's model said, if the battle failed by it. */
    public Optional<String> providerRefusal() {
        return Optional.ofNullable(failure)
                .filter(f -> f.failureClass().equals(PROVIDER))
                .map(Failure::detail);
    }

    /** Whether it ended because somebody asked for that. */
    public boolean wasCanceled() {
        return MANUAL.equals(endedReason);
    }

    /**
     * Why a battle failed.
     *
     * @param failureClass whose fault it is
     * @param detail a sentence for a person
     */
    public record Failure(@JsonProperty("class") String failureClass, String detail) {}

    /**
     * What was used.
     *
     * @param costUsd US dollars as decimal text
     * @param byRole the same for each role; null in the entries of a role
     */
    public record Usage(
            @Nullable Long calls,
            long tokensIn,
            long tokensOut,
            String costUsd,
            @Nullable Map<String, Usage> byRole) {

        static final Usage NOTHING = new Usage(null, 0, 0, "0", Map.of());
    }
}
