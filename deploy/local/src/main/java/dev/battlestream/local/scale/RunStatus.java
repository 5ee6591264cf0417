package dev.battlestream.local.scale;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run is doing.
 *
 * @param state queued, running, completed, failed, canceled or timeout
 * @param total battles that were asked for
 * @param completed battles that have ended, however
 * @param running battles that are being played
 * @param counts ended battles by the reason of their end, in the gateway's order; only those there
 *     are
 * @param costUsd US dollars spent on all battles
 * @param timeLeft an estimate; null while there is none
 * @param endedReason null while it goes on
 * @param failureClass whose fault it was that the run failed, null if it did not
 * @param failureDetail a sentence about it, null without one
 */
public record RunStatus(
        String id,
        String state,
        int total,
        int completed,
        int running,
        Map<String, Integer> counts,
        BigDecimal costUsd,
        @Nullable Duration timeLeft,
        @Nullable String endedReason,
        @Nullable String failureClass,
        @Nullable String failureDetail) {

    private static final String GOAL = "goal";

    public RunStatus {
        Map<String, Integer> some = new LinkedHashMap<>(counts);
        some.values().removeIf(count -> count == 0);
        counts = Collections.unmodifiableMap(some);
    }

    /** Battles that reached their goal. */
    public int goals() {
        return counts.getOrDefault(GOAL, 0);
    }

    public boolean hasEnded() {
        return endedReason != null;
    }
}
