package dev.battlestream.report.battle.adapter;

import org.jspecify.annotations.Nullable;

/** A passing fault: the views cannot be read at the moment. */
public final class ViewUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** For a reason that is told. */
    public ViewUnavailableException(String message) {
        this(message, null);
    }

    ViewUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
