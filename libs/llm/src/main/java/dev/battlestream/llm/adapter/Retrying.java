package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ProviderReply;
import dev.battlestream.llm.RetrySettings;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Makes attempts at one endpoint until one succeeds, fails for good or was the last one allowed, be
 * it by number, by time or by what may have to be paid.
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
                                .retryOnException(e ->
                                        e instanceof ModelException m
                                                && settings.kinds().contains(m.kind())
                                                && !turnedAwayByUs(m))
                                .intervalBiFunction(this::waitMillis)
                                .build());
    }

    /** How many attempts of a call, the successful one included, can be charged for. */
    int maxCharged() {
        return maxCharged;
    }

    Tally begin() {
        return new Tally(timepiece.nanoTime());
    }

    /** Whether a call may make one more attempt, after a wait. */
    boolean mayGoOn(Tally tally, Duration wait) {
        return tally.charged() < maxCharged && wait.compareTo(left(tally)) < 0;
    }

    /**
     * @param tally of the whole call; failed attempts are set down in it
     * @throws ModelException the last failure, that of an attempt
     */
    Endpoint.Attempted chat(
            Endpoint endpoint, ChatRequest request, Tally tally, ChatListener listener)
            throws ModelException, InterruptedException {
        Retry.AsyncContext<ProviderReply> attempts = retry.asyncContext();
        while (true) {
            int attempt = tally.nextAttempt();
            try {
                Endpoint.Attempted attempted =
                        endpoint.attempt(request, attempt, left(tally), listener);
                attempts.onComplete();
                return attempted;
            } catch (ModelException failure) {
                tally.add(failure);
                long waitMillis = attempts.onError(failure);
                Duration wait = Duration.ofMillis(waitMillis);
                if (waitMillis < 0 || !mayGoOn(tally, wait)) {
                    throw failure;
                }
                listener.retrying(attempt, failure, wait);
                timepiece.sleep(wait);
            }
        }
    }

    private Duration left(Tally tally) {
        return callTimeout.minus(timepiece.since(tally.begin()));
    }

    /** It waited for a place as long as it may; waiting again would make that bound none. */
    private static boolean turnedAwayByUs(ModelException failure) {
        return failure.kind() == Kind.RATE_LIMITED && failure.calls() == 0;
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
