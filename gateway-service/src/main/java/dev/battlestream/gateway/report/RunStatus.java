package dev.battlestream.gateway.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a scale run is doing, as the contract shows it.
 *
 * @param state queued, running, completed, failed, canceled or timeout
 * @param progress battles that have ended over all of them, 0 to 1; 1 when ended
 * @param completed battles that have ended, however
 * @param total battles that were asked for
 * @param running battles that are being played
 * @param launched battles that have begun, ended ones included
 * @param counts battles that have ended, by the reason
 * @param costUsd US dollars that the battles have cost together, as decimal text
 * @param unsettledUsd US dollars that may be on a provider's bill beside the cost; null for nothing
 * @param etaSeconds estimate of the seconds that are left; null while there is none
 * @param endedReason completed, budget, manual, timeout or error; null while it goes on
 * @param failure why it was refused; null if it was not
 * @param lastPlace cursor of the last battle that ended, for the stream; 0 before the first
 */
public record RunStatus(
        UUID runId,
        String state,
        double progress,
        int completed,
        int total,
        int running,
        int launched,
        Counts counts,
        String costUsd,
        @Nullable String unsettledUsd,
        @Nullable Long etaSeconds,
        @Nullable String endedReason,
        @Nullable RunFailure failure,
        @Nullable Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        long lastPlace) {

    private static final String MANUAL = "manual";

    /** A run that was accepted and of which nothing else is known yet. */
    public static RunStatus queued(UUID id, int total, Instant acceptedAt) {
        return new RunStatus(
                id,
                BattleStatus.QUEUED,
                0,
                0,
                total,
                0,
                0,
                Counts.NONE,
                "0",
                null,
                null,
                null,
                null,
                acceptedAt,
                null,
                null,
                0);
    }

    /** A run that was accepted and whose request never reached a runner, or was lost there. */
    public static RunStatus failedHere(UUID id, int total, Instant acceptedAt, Instant endedAt) {
        return new RunStatus(
                id,
                "failed",
                1,
                0,
                total,
                0,
                0,
                Counts.NONE,
                "0",
                null,
                null,
                "error",
                new RunFailure("platform", "The request was accepted, but nothing played it"),
                acceptedAt,
                acceptedAt,
                endedAt,
                0);
    }

    /** Whether the run goes on no more. */
    public boolean hasEnded() {
        return endedReason != null;
    }

    /** Whether it ended because somebody asked for that. */
    public boolean wasCanceled() {
        return MANUAL.equals(endedReason);
    }

    /**
     * Battles that have ended, by the reason; one that ended for a reason of a later version counts
     * nowhere here.
     */
    public record Counts(
            int goal,
            int limit,
            int plateau,
            int stopped,
            int budget,
            int error,
            int manual,
            int timeout) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /**
     * Why a run was refused.
     *
     * @param failureClass whose fault it is
     * @param detail a sentence for a person
     */
    public record RunFailure(@JsonProperty("class") String failureClass, String detail) {}
}
