package dev.battlestream.report.battle.adapter;

import java.time.Duration;

/** A passing fault: something that the answer needs is away. */
public final class OutageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final Duration retryAfter;

    /**
     * @param code the stable code of the answer
     * @param message what the caller is told
     * @param retryAfter when to ask again, whole seconds
     */
    public OutageException(String code, String message, Duration retryAfter, Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
    }

    String code() {
        return code;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
