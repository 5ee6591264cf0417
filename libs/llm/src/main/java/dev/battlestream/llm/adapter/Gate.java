package dev.battlestream.llm.adapter;

import dev.battlestream.llm.LimitSettings;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The limits of a provider or of a model. Who waits here has no connection, and an interrupt ends
 * the wait.
 */
final class Gate {

    /** There is no place within the time that the caller would wait. */
    static final class Full extends Exception {

        private static final long serialVersionUID = 1L;

        Full(String limit) {
            super(limit, null, false, false);
        }
    }

    private final @Nullable Semaphore places;
    private final @Nullable Rate requests;
    private final @Nullable Rate tokens;
    private final Duration maxWait;
    private final Timepiece timepiece;

    Gate(LimitSettings limits, Timepiece timepiece) {
        Integer concurrency = limits.concurrency();
        Integer requestsPerMinute = limits.requestsPerMinute();
        Integer tokensPerMinute = limits.tokensPerMinute();
        this.places = concurrency == null ? null : new Semaphore(concurrency, true);
        this.requests = requestsPerMinute == null ? null : Rate.perMinute(requestsPerMinute);
        this.tokens = tokensPerMinute == null ? null : Rate.perMinute(tokensPerMinute);
        this.maxWait = limits.maxWait();
        this.timepiece = timepiece;
    }

    /**
     * Waits for a place and for the rates; the place is the caller's until {@link #leave}.
     *
     * @param expectedTokens what the request will count for, as far as is known
     * @param patience of the caller, beside this gate's own
     * @throws Full if it would have to wait longer; then nothing is taken, as after an interrupt
     */
    void enter(long expectedTokens, Duration patience) throws InterruptedException, Full {
        Duration bound = patience.compareTo(maxWait) < 0 ? patience : maxWait;
        long begin = System.nanoTime();
        if (places != null && !places.tryAcquire(bound.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new Full("concurrency");
        }
        boolean entered = false;
        try {
            awaitRates(expectedTokens, bound.minusNanos(System.nanoTime() - begin));
            entered = true;
        } finally {
            if (!entered) {
                leave();
            }
        }
    }

    /** Through both rates, or through none. */
    private void awaitRates(long expectedTokens, Duration patience)
            throws InterruptedException, Full {
        long wait = reserve(requests, "requests-per-minute", 1, patience);
        try {
            wait = Math.max(wait, reserve(tokens, "tokens-per-minute", expectedTokens, patience));
        } catch (Full full) {
            giveBack(requests, 1);
            throw full;
        }
        if (wait > 0) {
            try {
                timepiece.sleep(Duration.ofNanos(wait));
            } catch (InterruptedException interrupt) {
                giveBackRates(expectedTokens);
                throw interrupt;
            }
        }
    }

    private static long reserve(@Nullable Rate rate, String limit, long count, Duration patience)
            throws Full {
        if (rate == null) {
            return 0;
        }
        OptionalLong wait = rate.reserve(count, patience);
        if (wait.isEmpty()) {
            throw new Full(limit);
        }
        return wait.getAsLong();
    }

    private static void giveBack(@Nullable Rate rate, long count) {
        if (rate != null) {
            rate.giveBack(count);
        }
    }

    private void giveBackRates(long expectedTokens) {
        giveBack(requests, 1);
        giveBack(tokens, expectedTokens);
    }

    /** Sets down what an attempt really counted for. */
    void settle(long expectedTokens, long realTokens) {
        if (tokens != null) {
            tokens.charge(realTokens - tokens.taken(expectedTokens));
        }
    }

    /** Leaves without having made the attempt: what was taken for it is given back. */
    void withdraw(long expectedTokens) {
        giveBackRates(expectedTokens);
        leave();
    }

    void leave() {
        if (places != null) {
            places.release();
        }
    }
}
