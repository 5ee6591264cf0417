package dev.battlestream.local.report.adapter;

/** A passing fault: the report service does not answer, or says that it cannot now. */
public final class UnansweredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnansweredException(String message) {
        super(message);
    }

    UnansweredException(String message, Throwable cause) {
        super(message, cause);
    }
}
