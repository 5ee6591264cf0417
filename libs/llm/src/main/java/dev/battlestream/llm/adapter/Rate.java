package dev.battlestream.llm.adapter;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * So many of something in a minute, spread evenly: what a minute allows comes in portions, one a
 * second or, if it is less than one a second, one at a time.
 *
 * <p>Resilience4j counts; what it does not have is a way to take more than a portion at once when
 * nobody else wants it, and to settle what was only known afterwards. Both is done by debt: who
 * comes later waits until it is paid off. To give back, a negative number is reserved.
 *
 * <p>One thread at a time, because what a method finds must still hold when it takes.
 */
final class Rate {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int PORTIONS = 60;

    /** Longer than any wait that is granted, so that a debt is always taken down. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private final RateLimiter limiter;
    private final int portion;
    private final long portionNanos;

    private Rate(int perMinute) {
        this.portion = Math.max(1, perMinute / PORTIONS);
        this.portionNanos = MINUTE.toNanos() * portion / perMinute;
        this.limiter =
                RateLimiter.of(
                        "models",
                        RateLimiterConfig.custom()
                                .limitForPeriod(portion)
                                .limitRefreshPeriod(Duration.ofNanos(portionNanos))
                                .timeoutDuration(LONGEST)
                                .build());
    }

    static Rate perMinute(int count) {
        return new Rate(count);
    }

    /**
     * Takes so many, or of more than a portion one portion; the rest is to be charged.
     *
     * @return nanoseconds until they may be used; empty, and nothing is taken, if that may be
     *     longer than the caller would wait
     */
    synchronized OptionalLong reserve(long count, Duration patience) {
        int taken = taken(count);
        long missing = taken - (long) limiter.getMetrics().getAvailablePermissions();
        // The most it can be: nothing is taken that will not be waited for.
        long most = Math.max(0, Math.ceilDiv(missing, portion)) * portionNanos;
        return most > patience.toNanos()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, limiter.reservePermission(taken)));
    }

    /** How many of those wanted {@link #reserve} takes. */
    int taken(long count) {
        return Math.clamp(count, 1, portion);
    }

    /** Takes so many more without waiting. */
    synchronized void charge(long count) {
        if (count > 0) {
            var _ = limiter.reservePermission((int) Math.min(count, Integer.MAX_VALUE / 2));
        }
    }

    /**
     * Gives back what {@link #reserve} took for so many, for who comes next; those who wait already
     * wait as long as they were told. There is never more than a portion: what time allowed and
     * nobody used is gone.
     */
    synchronized void giveBack(long count) {
        long room = (long) portion - limiter.getMetrics().getAvailablePermissions();
        int back = (int) Math.min(taken(count), room);
        if (back > 0) {
            var _ = limiter.reservePermission(-back);
        }
    }
}
