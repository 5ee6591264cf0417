package dev.battlestream.llm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much one instance asks of a provider, or of one of its models, at most. A call waits for its
 * place before it is made, without a connection.
 *
 * @param concurrency attempts under way at once, 1 to 100,000; absent for no limit
 * @param requestsPerMinute attempts begun in a minute, 1 to 10,000,000; absent for no limit
 * @param tokensPerMinute tokens of requests and replies in a minute, 1 to 2,000,000,000; absent for
 *     no limit
 * @param maxWait how long an attempt waits for its place at most, 0 to 2 h; 2 min if absent. It
 *     then fails as {@link ModelException.Kind#RATE_LIMITED}
 */
public record LimitSettings(
        @Nullable Integer concurrency,
        @Nullable Integer requestsPerMinute,
        @Nullable Integer tokensPerMinute,
        Duration maxWait) {

    /** No limit at all. */
    public static final LimitSettings NONE =
            new LimitSettings(null, null, null, Duration.ofMinutes(2));

    public LimitSettings {
        maxWait = maxWait == null ? Duration.ofMinutes(2) : maxWait;
        check("concurrency", concurrency, 100_000);
        check("requests-per-minute", requestsPerMinute, 10_000_000);
        check("tokens-per-minute", tokensPerMinute, 2_000_000_000);
        Refuse.outside("limits.max-wait", maxWait, Duration.ZERO, Duration.ofHours(2));
    }

    private static void check(String setting, @Nullable Integer value, int most) {
        Refuse.unless(
                value == null || (value >= 1 && value <= most),
                "limits.%s must be 1 to %d".formatted(setting, most));
    }
}
