package dev.battlestream.local.battles;

import org.jspecify.annotations.Nullable;

/** The command line's exit codes; scripts rely on them. */
public final class EndCodes {

    /** Done; for a battle that was followed: it reached its goal. */
    public static final int OK = 0;

    /** Something failed that should not have; the message says what. */
    public static final int FAILED = 1;

    /** The command or the request breaks a rule. */
    public static final int USAGE = 2;

    /** The platform, or its gateway, does not run. */
    public static final int NOT_RUNNING = 3;

    /** There is no such battle. */
    public static final int NOT_FOUND = 4;

    /** Refused for now or for good: too many, already ended, another body for the same key. */
    public static final int REFUSED = 5;

    private static final int ENDED_OTHERWISE = 19;

    private EndCodes() {}

    /** Of a battle that was followed to its end. */
    public static int ofEnd(@Nullable String endedReason) {
        return switch (endedReason) {
            case "goal" -> OK;
            case "limit" -> 10;
            case "plateau" -> 11;
            case "budget" -> 12;
            case "error" -> 13;
            case "manual" -> 14;
            case "timeout" -> 15;
            case "stopped" -> 16;
            case null, default -> ENDED_OTHERWISE;
        };
    }

    /** Of a refusal of the gateway, by its HTTP status; negative when it cannot be reached. */
    public static int ofHttp(int status) {
        return switch (status) {
            case 400, 413, 415 -> USAGE;
            case 404 -> NOT_FOUND;
            case 409, 422, 429 -> REFUSED;
            default -> status < 0 || status == 503 ? NOT_RUNNING : FAILED;
        };
    }
}
