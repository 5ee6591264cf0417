package dev.battlestream.local.battles.adapter;

/** The gateway refused, or could not be reached; the message is written for a person. */
public final class GatewayException extends RuntimeException {

    /** The status of a gateway that cannot be reached. */
    public static final int UNREACHABLE = -1;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    GatewayException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status, or {@link #UNREACHABLE}. */
    public int status() {
        return status;
    }

    /** The problem's stable code, empty without one. */
    public String code() {
        return code;
    }
}
