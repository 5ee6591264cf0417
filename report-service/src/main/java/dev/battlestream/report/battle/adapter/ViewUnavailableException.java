package dev.battlestream.report.battle.adapter;

import org.jspecify.annotations.Nullable;

/** A passing fault: the views of a battle cannot be read at the moment. */
final class ViewUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ViewUnavailableException(String message) {
        this(message, null);
    }

    ViewUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
