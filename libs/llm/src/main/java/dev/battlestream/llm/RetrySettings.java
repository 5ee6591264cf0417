package dev.battlestream.llm;

import dev.battlestream.llm.ModelException.Kind;
import java.time.Duration;
import java.util.Set;

/**
 * Exponential backoff with jitter between the attempts of one call.
 *
 * @param maxAttempts 1 to 20; 4 if absent
 * @param initialWait before the second attempt, 1 ms to 1 min; 500 ms if absent
 * @param multiplier from wait to wait, 1 to 10; 2 if absent
 * @param maxWait the longest wait of our own choice, from initialWait to 10 min; 20 s if absent
 * @param jitter every wait is drawn from ± this part of it, 0 to 0.99; 0.5 if absent
 * @param maxRetryAfter the longest wait granted to a provider that asks for one by {@code
 *     Retry-After}, 0 to 1 h; 60 s if absent
 * @param maxChargedAttempts attempts of a call that a provider may charge for, from 1 to {@code
 *     maxAttempts}; 2 if absent. An attempt that broke off in its reply, or was never answered, may
 *     be on the bill; after so many of them no other is made
 * @param kinds what is tried again, of the failures that pass; all of them but {@code circuit-open}
 *     if absent
 */
public record RetrySettings(
        Integer maxAttempts,
        Duration initialWait,
        Double multiplier,
        Duration maxWait,
        Double jitter,
        Duration maxRetryAfter,
        Integer maxChargedAttempts,
        Set<Kind> kinds) {

    /** What passes; a circuit that is open passes too, but later than most callers can wait. */
    private static final Set<Kind> KINDS =
            Set.of(Kind.RATE_LIMITED, Kind.OVERLOADED, Kind.TIMEOUT, Kind.NETWORK, Kind.GARBAGE);

    public RetrySettings {
        maxAttempts = maxAttempts == null ? 4 : maxAttempts;
        initialWait = initialWait == null ? Duration.ofMillis(500) : initialWait;
        multiplier = multiplier == null ? 2.0 : multiplier;
        maxWait = maxWait == null ? longest(Duration.ofSeconds(20), initialWait) : maxWait;
        jitter = jitter == null ? 0.5 : jitter;
        maxRetryAfter = maxRetryAfter == null ? Duration.ofSeconds(60) : maxRetryAfter;
        maxChargedAttempts =
                maxChargedAttempts == null ? Math.min(2, maxAttempts) : maxChargedAttempts;
        kinds = kinds == null ? KINDS : Set.copyOf(kinds);
        Refuse.unless(maxAttempts >= 1 && maxAttempts <= 20, "retry.max-attempts must be 1 to 20");
        Refuse.outside(
                "retry.initial-wait", initialWait, Duration.ofMillis(1), Duration.ofMinutes(1));
        Refuse.unless(multiplier >= 1 && multiplier <= 10, "retry.multiplier must be 1 to 10");
        Refuse.outside("retry.max-wait", maxWait, initialWait, Duration.ofMinutes(10));
        Refuse.unless(jitter >= 0 && jitter < 1, "retry.jitter must be 0 to 0.99");
        Refuse.outside("retry.max-retry-after", maxRetryAfter, Duration.ZERO, Duration.ofHours(1));
        Refuse.unless(
                maxChargedAttempts >= 1 && maxChargedAttempts <= maxAttempts,
                "retry.max-charged-attempts must be 1 to max-attempts");
        Refuse.unless(
                kinds.stream().allMatch(Kind::passing),
                "retry.kinds must be failures that pass: rate-limited, overloaded, timeout, network,"
                        + " garbage, circuit-open");
    }

    public static RetrySettings defaults() {
        return new RetrySettings(
                4,
                Duration.ofMillis(500),
                2.0,
                Duration.ofSeconds(20),
                0.5,
                Duration.ofSeconds(60),
                2,
                KINDS);
    }

    private static Duration longest(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }
}
