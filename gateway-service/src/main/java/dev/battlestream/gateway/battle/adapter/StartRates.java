package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How often each client may ask for a start in a window of time, refused starts and repetitions
 * included. Every answer says what is left, in the fields of the IETF's draft
 * draft-ietf-httpapi-ratelimit-headers.
 *
 * <p>Bounded: only so many clients are remembered, those that asked last. One that was forgotten
 * begins anew with its whole allowance; whoever has that many addresses is not held by a limit per
 * address anyway, and every battle still needs a slot. Each gateway counts for itself.
 */
public final class StartRates {

    private static final String POLICY = "starts";

    /** One client's limiter; its windows follow each other from its first start on. */
    private record Window(RateLimiter limiter, long bornNanos) {}

    private final Map<String, Window> byClient;
    private final RateLimiterConfig config;
    private final int starts;
    private final Duration period;

    /**
     * Sets the limits.
     *
     * @param starts that a client may ask for in a period
     * @param mostClients how many clients are remembered
     */
    StartRates(int starts, Duration period, int mostClients) {
        this.starts = starts;
        this.period = period;
        this.config =
                RateLimiterConfig.custom()
                        .limitForPeriod(starts)
                        .limitRefreshPeriod(period)
                        .timeoutDuration(Duration.ZERO)
                        .build();
        this.byClient =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
                        return size() > mostClients;
                    }
                };
    }

    /**
     * Counts a start and notes on the response what is left.
     *
     * @throws RequestProblem if the client has to wait for its next window
     */
    public void count(String client, HttpServletResponse response) {
        Window window = window(client);
        boolean permitted = window.limiter().acquirePermission();
        long seconds = secondsLeft(window);
        int left = Math.max(0, window.limiter().getMetrics().getAvailablePermissions());
        response.setHeader(
                "RateLimit-Policy",
                "\"%s\";q=%d;w=%d".formatted(POLICY, starts, Math.max(1, period.toSeconds())));
        response.setHeader("RateLimit", "\"%s\";r=%d;t=%d".formatted(POLICY, left, seconds));
        if (!permitted) {
            throw RequestProblem.passing(
                    ProblemCode.RATE_LIMITED,
                    "A client may ask for %d starts in %d s".formatted(starts, period.toSeconds()),
                    Duration.ofSeconds(seconds));
        }
    }

    /** How many clients are remembered. */
    int clients() {
        synchronized (byClient) {
            return byClient.size();
        }
    }

    private Window window(String client) {
        synchronized (byClient) {
            return byClient.computeIfAbsent(
                    client, _ -> new Window(RateLimiter.of(POLICY, config), System.nanoTime()));
        }
    }

    /** Until the window ends, in whole seconds, rounded up. */
    private long secondsLeft(Window window) {
        long nanos = period.toNanos();
        long left = nanos - Math.floorMod(System.nanoTime() - window.bornNanos(), nanos);
        return Math.ceilDiv(left, TimeUnit.SECONDS.toNanos(1));
    }
}
