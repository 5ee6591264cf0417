package dev.battlestream.effects;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/**
 * The bounds of one engine.
 *
 * @param maxInFlight calls that run or whose result is not yet acknowledged, at most, per engine;
 *     at least 1
 * @param handoverGrace how long a newly assigned task waits for results of the previous owner's
 *     calls before it dispatches what is pending; zero or more
 * @param gatePatience how long a newly assigned task waits without any progress in reading its
 *     result topic before it dispatches all the same; positive
 * @param drainLimit how long closing the engine waits for running calls and for acknowledgements;
 *     zero or more
 * @param dispatchInterval longest time a waiting effect stays unnoticed after another task has
 *     freed a slot; positive, at most 1 s
 * @param retry repetition of calls that meet a {@link PassingFault}
 */
public record EffectSettings(
        int maxInFlight,
        Duration handoverGrace,
        Duration gatePatience,
        Duration drainLimit,
        Duration dispatchInterval,
        Retry retry) {

    /**
     * Refuses nonsense.
     *
     * @throws IllegalArgumentException for a value out of its range
     */
    public EffectSettings {
        require(maxInFlight >= 1, "maxInFlight must be at least 1, not " + maxInFlight);
        require(!handoverGrace.isNegative(), "handoverGrace must not be negative");
        require(isPositive(gatePatience), "gatePatience must be positive");
        require(!drainLimit.isNegative(), "drainLimit must not be negative");
        require(
                isPositive(dispatchInterval)
                        && dispatchInterval.compareTo(Duration.ofSeconds(1)) <= 0,
                "dispatchInterval must be positive and at most 1 s, not " + dispatchInterval);
    }

    /** 1,000 in flight, grace 500 ms, patience 30 s, drain 20 s, interval 50 ms. */
    public static EffectSettings defaults() {
        return new EffectSettings(
                1_000,
                Duration.ofMillis(500),
                Duration.ofSeconds(30),
                Duration.ofSeconds(20),
                Duration.ofMillis(50),
                Retry.defaults());
    }

    public EffectSettings withMaxInFlight(int calls) {
        return new EffectSettings(
                calls, handoverGrace, gatePatience, drainLimit, dispatchInterval, retry);
    }

    public EffectSettings withHandoverGrace(Duration grace) {
        return new EffectSettings(
                maxInFlight, grace, gatePatience, drainLimit, dispatchInterval, retry);
    }

    public EffectSettings withGatePatience(Duration patience) {
        return new EffectSettings(
                maxInFlight, handoverGrace, patience, drainLimit, dispatchInterval, retry);
    }

    public EffectSettings withDrainLimit(Duration limit) {
        return new EffectSettings(
                maxInFlight, handoverGrace, gatePatience, limit, dispatchInterval, retry);
    }

    public EffectSettings withDispatchInterval(Duration interval) {
        return new EffectSettings(
                maxInFlight, handoverGrace, gatePatience, drainLimit, interval, retry);
    }

    public EffectSettings withRetry(Retry other) {
        return new EffectSettings(
                maxInFlight, handoverGrace, gatePatience, drainLimit, dispatchInterval, other);
    }

    /**
     * Exponential backoff with jitter.
     *
     * @param trials calls in all, the first included; at least 1
     * @param initial wait before the second trial; at least 1 ms
     * @param multiplier growth of the wait from trial to trial; at least 1
     * @param max longest wait, which also bounds a {@link PassingFault#retryAfter()}; at least
     *     {@code initial}
     * @param jitter part of a wait that is random, from 0 to below 1
     */
    public record Retry(
            int trials, Duration initial, double multiplier, Duration max, double jitter) {

        /**
         * Refuses nonsense.
         *
         * @throws IllegalArgumentException for a value out of its range
         */
        public Retry {
            require(trials >= 1, "trials must be at least 1, not " + trials);
            require(initial.toMillis() >= 1, "initial must be at least 1 ms, not " + initial);
            require(multiplier >= 1, "multiplier must be at least 1, not " + multiplier);
            require(max.compareTo(initial) >= 0, "max must not be less than initial");
            require(jitter >= 0 && jitter < 1, "jitter must be in [0, 1), not " + jitter);
        }

        /** 4 trials, waits of 500 ms, 1 s, 2 s, up to 60 s, half of each random. */
        public static Retry defaults() {
            return new Retry(4, Duration.ofMillis(500), 2, Duration.ofSeconds(60), 0.5);
        }

        IntervalFunction backoff() {
            return IntervalFunction.ofExponentialRandomBackoff(initial, multiplier, jitter, max);
        }
    }

    private static boolean isPositive(Duration duration) {
        return duration.isPositive();
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
