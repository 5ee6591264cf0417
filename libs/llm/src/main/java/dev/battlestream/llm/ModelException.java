package dev.battlestream.llm;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
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
        /** Too many requests (429), or too many waiting for a limit of ours. */
        RATE_LIMITED(true),
        /** The provider has a fault or no capacity (5xx). */
        OVERLOADED(true),
        /** Nothing arrived for too long, or the reply took too long as a whole. */
        TIMEOUT(true),
        /** No connection, or it broke. */
        NETWORK(true),
        /** An answer that cannot be understood, or one that is empty or has no end. */
        GARBAGE(true),
        /** Not asked, because its last calls failed: it is given a rest. */
        CIRCUIT_OPEN(true),
        /** The provider finds fault with the request (400, 422 …). */
        BAD_REQUEST(false),
        /** The conversation is longer than the model can take. */
        CONTEXT_TOO_LONG(false),
        /**
         * The key is missing, wrong or has no right to the model, or the account has no money left
         * (401, 402, 403).
         */
        AUTH(false),
        /** The provider will not answer this conversation, by its content rules. */
        REFUSED(false),
        /** No provider of that name is configured, or it has no such model. */
        UNKNOWN_MODEL(false);

        private final boolean passing;

        Kind(boolean passing) {
            this.passing = passing;
        }

        /** Whether the same request may succeed later. */
        public boolean passing() {
            return passing;
        }

        /** The name in settings, metrics and texts: {@code rate-limited}, {@code timeout} … */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private final Kind kind;
    private final @Nullable Duration retryAfter;
    private final int calls;
    private final boolean charged;
    private final BigDecimal unsettledUsd;

    /**
     * A failure that cost nothing.
     *
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
        this(kind, message, retryAfter, calls, cause, false, BigDecimal.ZERO);
    }

    private ModelException(
            Kind kind,
            String message,
            @Nullable Duration retryAfter,
            int calls,
            @Nullable Throwable cause,
            boolean charged,
            BigDecimal unsettledUsd) {
        super(message, cause);
        this.kind = kind;
        this.retryAfter = retryAfter;
        this.calls = calls;
        this.charged = charged;
        this.unsettledUsd = unsettledUsd;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether the same request may succeed later. */
    public boolean passing() {
        return kind.passing();
    }

    /** The least time the provider asked to wait before the next attempt. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Attempts that reached the provider. */
    public int calls() {
        return calls;
    }

    /**
     * Whether the provider may charge for the attempt that failed: its reply had begun, or it was
     * sent and never answered. An answer that is an error by its status is not charged.
     */
    public boolean charged() {
        return charged;
    }

    /** The most that the failed attempts of the call may have cost; see {@link Reply}. */
    public BigDecimal unsettledUsd() {
        return unsettledUsd;
    }

    /** What an event tells of it: the kind, as metrics name it, and the message. */
    public String detail() {
        return kind.label() + ": " + text();
    }

    /** The same failure of an attempt that may be on the provider's bill. */
    public ModelException asCharged() {
        return new ModelException(kind, text(), retryAfter, calls, getCause(), true, unsettledUsd);
    }

    /** The same failure as that of a whole call. */
    public ModelException withTotals(int totalCalls, BigDecimal totalUnsettledUsd) {
        return new ModelException(
                kind, text(), retryAfter, totalCalls, getCause(), charged, totalUnsettledUsd);
    }

    /** The same failure of who was asked in place of another, with what became of that one. */
    public ModelException after(ModelException first) {
        return new ModelException(
                kind,
                "%s; in its place, %s".formatted(first.text(), text()),
                retryAfter,
                calls,
                getCause(),
                charged,
                unsettledUsd);
    }

    private String text() {
        return String.valueOf(getMessage());
    }
}
