package dev.battlestream.runner.scale;

import java.time.Duration;

/**
 * What a run may ask for at most, by its operator.
 *
 * @param runCount battles of one run, at least 1
 * @param concurrency battles of one run at once, at least 1
 * @param timeout of a run, 1 s to 7 days
 * @param labels of one run
 * @param labelLength of a name or a value, in characters
 * @param requestRetention older requests are stale
 */
public record RunCaps(
        int runCount,
        int concurrency,
        Duration timeout,
        int labels,
        int labelLength,
        Duration requestRetention) {

    /** Variants of one run, by the contract. */
    public static final int VARIANTS = 10;

    /** The longest time-out of the contract. */
    public static final Duration MOST_TIMEOUT = Duration.ofDays(7);

    public RunCaps {
        require(runCount >= 1, "runCount must be at least 1");
        require(concurrency >= 1, "concurrency must be at least 1");
        require(
                timeout.toSeconds() >= 1 && timeout.compareTo(MOST_TIMEOUT) <= 0,
                "timeout must be 1 s to " + MOST_TIMEOUT);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
