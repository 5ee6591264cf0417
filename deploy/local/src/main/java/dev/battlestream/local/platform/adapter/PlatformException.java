package dev.battlestream.local.platform.adapter;

/** The platform cannot do what was asked; the message is written for the person who asked. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PlatformException(String message) {
        super(message);
    }

    PlatformException(String message, Throwable cause) {
        super(message, cause);
    }
}
