package dev.battlestream.effects;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A fault of a call that another trial may not meet: a time-out, a rate limit, a 503. */
public final class PassingFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    public PassingFault(String message, @Nullable Throwable cause) {
        this(message, cause, null);
    }

    /**
     * @param retryAfter how long the other side asks to be left alone, or null if it did not say;
     *     the engine waits at least that long, but never longer than the retry's own maximum
     */
    public PassingFault(String message, @Nullable Throwable cause, @Nullable Duration retryAfter) {
        super(message, cause);
        this.retryAfter = retryAfter;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
