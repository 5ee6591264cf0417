package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatProvider;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ProviderReply;
import dev.battlestream.llm.RetrySettings;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts until one succeeds, fails for good or was the last one allowed, be it by number or
 * by time.
 *
 * <p>Resilience4j decides whether and how long to wait; the waiting is done here, on the calling
 * thread, because its own blocking form swallows an interrupt.
 */
final class Retrying {

    private final Retry retry;
    private final Timepiece timepiece;
    private final IntervalFunction backoff;
    private final Duration callTimeout;
    private final Duration maxWait;
    private final Duration maxRetryAfter;
    private final int maxCharged;

    /**
     * @param callTimeout no attempt begins so long after the first
     */
    Retrying(RetrySettings settings, Duration callTimeout, Timepiece timepiece) {
        this.callTimeout = callTimeout;
        this.timepiece = timepiece;
        this.maxWait = settings.maxWait();
        this.maxRetryAfter = settings.maxRetryAfter();
        this.maxCharged = settings.maxChargedAttempts();
        this.backoff =
                IntervalFunction.ofExponentialRandomBackoff(
                        settings.initialWait(),
                        settings.multiplier(),
                        settings.jitter(),
                        settings.maxWait());
        this.retry =
                Retry.of(
                        "models",
                        RetryConfig.<ProviderReply>custom()
                                .maxAttempts(settings.maxAttempts())
                                .retryOnException(e -> e instanceof ModelException m && m.passing())
                                .intervalBiFunction(this::waitMillis)
                                .build());
    }

    /**
     * What came of a call.
     *
     * @param latency of the successful attempt
     * @param calls attempts that reached the provider
     * @param charged failed attempts that the provider may charge for
     */
    record Answered(ProviderReply reply, Duration latency, int calls, int charged) {}

    /** How many attempts of a call, the successful one included, can be charged for. */
    int maxCharged() {
        return maxCharged;
    }

    /**
     * @param chargeUsd the most that one attempt can cost
     */
    Answered chat(
            ChatProvider provider, ChatRequest request, BigDecimal chargeUsd, ChatListener listener)
            throws ModelException, InterruptedException {
        Retry.AsyncContext<ProviderReply> attempts = retry.asyncContext();
        long begin = timepiece.nanoTime();
        int calls = 0;
        int charged = 0;
        for (int attempt = 1; ; attempt++) {
            long start = timepiece.nanoTime();
            try {
                ProviderReply reply = provider.chat(request, attempt, listener);
                attempts.onComplete();
                return new Answered(reply, timepiece.since(start), calls + 1, charged);
            } catch (ModelException failure) {
                calls += failure.calls();
                charged += failure.charged() ? 1 : 0;
                long waitMillis = attempts.onError(failure);
                Duration wait = Duration.ofMillis(waitMillis);
                if (waitMillis < 0
                        || charged >= maxCharged
                        || timepiece.since(begin).plus(wait).compareTo(callTimeout) >= 0) {
                    throw failure.withTotals(
                            calls, chargeUsd.multiply(BigDecimal.valueOf(charged)));
                }
                listener.retrying(attempt, failure, wait);
                timepiece.sleep(wait);
            }
        }
    }

    /**
     * Our own backoff; or, if longer, what the provider asked for. On top of the latter comes a
     * first backoff, so that calls turned away together do not return together.
     */
    private long waitMillis(int attempt, Either<Throwable, ProviderReply> outcome) {
        long own = Math.min(backoff.apply(attempt), maxWait.toMillis());
        Duration asked = retryAfter(outcome.isLeft() ? outcome.getLeft() : null);
        if (asked.isZero()) {
            return own;
        }
        Duration granted = asked.compareTo(maxRetryAfter) > 0 ? maxRetryAfter : asked;
        return Math.max(own, granted.toMillis() + backoff.apply(1));
    }

    private static Duration retryAfter(@Nullable Throwable failure) {
        return failure instanceof ModelException m
                ? m.retryAfter().orElse(Duration.ZERO)
                : Duration.ZERO;
    }
}
