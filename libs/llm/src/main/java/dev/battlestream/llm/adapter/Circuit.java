package dev.battlestream.llm.adapter;

import dev.battlestream.llm.CircuitSettings;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelException.Kind;
import dev.battlestream.llm.ModelReference;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives one model a rest when too many of its last attempts failed because of the provider's state.
 * A rate limit is no such failure: it says itself when to come back.
 */
final class Circuit {

    private static final Set<Kind> SICK =
            Set.of(Kind.OVERLOADED, Kind.TIMEOUT, Kind.NETWORK, Kind.GARBAGE);

    private static final Logger log = LoggerFactory.getLogger(Circuit.class);

    /** Null for a circuit that never opens. */
    private final @Nullable CircuitBreaker breaker;

    private final Duration rest;
    private volatile long openedAt;

    /**
     * @param name for the log
     */
    Circuit(CircuitSettings settings, String name) {
        this.rest = settings.rest();
        this.breaker = settings.enabled() ? breaker(settings, name) : null;
    }

    private CircuitBreaker breaker(CircuitSettings settings, String name) {
        CircuitBreaker made =
                CircuitBreaker.of(
                        name,
                        CircuitBreakerConfig.custom()
                                .failureRateThreshold(settings.failurePercent())
                                .slidingWindowSize(settings.window())
                                .minimumNumberOfCalls(settings.minimum())
                                .waitDurationInOpenState(settings.rest())
                                .permittedNumberOfCallsInHalfOpenState(settings.trials())
                                .build());
        made.getEventPublisher()
                .onStateTransition(event -> {
                    State now = event.getStateTransition().getToState();
                    if (now == State.OPEN) {
                        openedAt = System.nanoTime();
                    }
                    log.warn("the circuit of a model changed model={} state={}", name, now);
                });
        return made;
    }

    boolean isOpen() {
        return breaker != null && breaker.getState() == State.OPEN && !left().isZero();
    }

    /**
     * Turns an attempt away early that would only wait to be turned away.
     *
     * @throws ModelException if the model is at rest
     */
    void check(ModelReference model) throws ModelException {
        if (isOpen()) {
            throw atRest(model);
        }
    }

    /**
     * Lets an attempt through, which must be followed by {@link #succeeded}, {@link #failed} or
     * {@link #abandoned}.
     *
     * @throws ModelException if the model is at rest
     */
    void acquire(ModelReference model) throws ModelException {
        if (breaker != null && !breaker.tryAcquirePermission()) {
            throw atRest(model);
        }
    }

    void succeeded(Duration latency) {
        if (breaker != null) {
            breaker.onSuccess(latency.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** A failure that says nothing of the provider's state counts as an answer. */
    void failed(ModelException failure, Duration latency) {
        if (breaker == null) {
            return;
        }
        if (SICK.contains(failure.kind())) {
            breaker.onError(latency.toNanos(), TimeUnit.NANOSECONDS, failure);
        } else if (failure.kind() == Kind.RATE_LIMITED) {
            breaker.releasePermission();
        } else {
            breaker.onSuccess(latency.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    /** Nobody knows how the attempt would have ended. */
    void abandoned() {
        if (breaker != null) {
            breaker.releasePermission();
        }
    }

    private Duration left() {
        Duration left = rest.minusNanos(System.nanoTime() - openedAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private ModelException atRest(ModelReference model) {
        Duration left = left();
        String what =
                left.isZero()
                        ? "%s is being tried again and not asked meanwhile, because its last calls failed"
                                .formatted(model)
                        : "%s is not asked for %d s because its last calls failed"
                                .formatted(model, Math.ceilDiv(left.toMillis(), 1000));
        return new ModelException(Kind.CIRCUIT_OPEN, what, left, 0, null);
    }
}
