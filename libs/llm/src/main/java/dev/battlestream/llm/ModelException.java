package dev.battlestream.llm;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model did not answer. The message is fit for users: it names the model and what happened, never
 * a key and never anything of the conversation.
 */
public final class ModelException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What went wrong, and whether trying again can help. */
    public enum Kind {
        /** Too many requests (429). */
        RATE_LIMITED(true),
        /** The provider has a fault or no capacity (5xx). */
        OVERLOADED(true),
        /** Nothing arrived for too long, or the reply took too long as a whole. */
        TIMEOUT(true),
        /** No connection, or it broke. */
        CONNECTION(true),
        /** An answer that cannot be understood, or one that is empty or has no end. */
        BAD_REPLY(true),
        /** The provider finds fault with the request (400, 404 …). */
        INVALID_REQUEST(false),
        /** The key is missing, wrong or has no right to the model (401, 403). */
        UNAUTHORIZED(false),
        /** The provider will not answer this conversation, by its content rules. */
        REFUSED(false),
        /** No provider of that name is configured, or it has no such model. */
        UNKNOWN_MODEL(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;
    private final int calls;

    /**
     * @param retryAfter what the provider asked to wait, if it did
     * @param calls attempts that reached the provider
     * @param cause for the stack trace only; must hold neither keys nor contents
     */
    public ModelException(
            Kind kind,
            String message,
            @Nullable Duration retryAfter,
            int calls,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.calls = calls;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same request may succeed later. */
    public boolean passing() {
        return kind.passing;
    }

    /** The least time the provider asked to wait before the next attempt. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Attempts that reached the provider, and so may have cost money. */
    public int calls() {
        return calls;
    }

    /** The same failure after several attempts. */
    public ModelException withCalls(int total) {
        return new ModelException(
                kind, String.valueOf(getMessage()), retryAfter, total, getCause());
    }
}
