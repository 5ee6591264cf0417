package dev.battlestream.llm.playbook;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long a scripted reply takes: evenly distributed over mean ± spread.
 *
 * @param mean 0 to 10 min
 * @param spread 0 to mean
 */
public record Latency(Duration mean, Duration spread) {

    // Before NONE, whose construction reads it.
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Answers at once. */
    public static final Latency NONE = new Latency(Duration.ZERO, Duration.ZERO);

    public Latency {
        if (mean.isNegative() || mean.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a mean latency is 0 to 10 minutes");
        }
        if (spread.isNegative() || spread.compareTo(mean) > 0) {
            throw new IllegalArgumentException("the spread of a latency is 0 to its mean");
        }
    }

    /** The same seed draws the same latency. */
    Duration draw(long seed, double scale) {
        double inSpread = 2 * new SplittableRandom(seed).nextDouble() - 1;
        double nanos = (mean.toNanos() + spread.toNanos() * inSpread) * scale;
        return Duration.ofNanos(Math.round(nanos));
    }
}
