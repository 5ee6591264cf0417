package dev.battlestream.local.export.adapter;

/** An export that cannot be made, in words for people. */
public final class ExportException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    ExportException(int code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The exit code of the command, one of {@code EndCodes}. */
    public int code() {
        return code;
    }
}
