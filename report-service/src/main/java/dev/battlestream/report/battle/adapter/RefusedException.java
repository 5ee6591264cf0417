package dev.battlestream.report.battle.adapter;

import org.springframework.http.HttpStatus;

/** A refusal: what is asked for is not there, or not yet. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final String code;

    /**
     * @param code the stable code of the answer
     * @param message what the caller is told
     */
    public RefusedException(HttpStatus status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    HttpStatus status() {
        return status;
    }

    String code() {
        return code;
    }
}
