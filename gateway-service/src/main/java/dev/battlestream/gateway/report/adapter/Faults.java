package dev.battlestream.gateway.report.adapter;

import tools.jackson.core.JacksonException;

/**
 * What a log may say of a fault in something that was received: which kind it is and where it was.
 * Messages of such faults quote what they could not read, and that can be what a model said.
 */
public final class Faults {

    private static final int DEEPEST = 5;

    private Faults() {}

    /** The classes of a fault and its causes; with line and column where something was parsed. */
    public static String told(Throwable fault) {
        StringBuilder told = new StringBuilder(one(fault));
        Throwable cause = fault.getCause();
        for (int depth = 1; cause != null && depth < DEEPEST; depth++) {
            told.append(", by ").append(one(cause));
            cause = cause.getCause();
        }
        return told.toString();
    }

    private static String one(Throwable fault) {
        String kind = fault.getClass().getSimpleName();
        return fault instanceof JacksonException parsed && parsed.getLocation() != null
                ? "%s at line %d, column %d"
                        .formatted(
                                kind,
                                parsed.getLocation().getLineNr(),
                                parsed.getLocation().getColumnNr())
                : kind;
    }
}
