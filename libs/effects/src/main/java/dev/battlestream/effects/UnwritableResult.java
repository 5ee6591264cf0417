package dev.battlestream.effects;

/**
 * A result that no repetition turns into an event, because it cannot be encoded: thrown by {@link
 * Effect#result}, it makes the effect end as a failure. A fault that may pass, such as a registry
 * that does not answer, is never one.
 */
public final class UnwritableResult extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnwritableResult(String message, Throwable cause) {
        super(message, cause);
    }
}
