package dev.battlestream.report.archive;

import java.time.Instant;

/** Which times a row can have. */
final class Times {

    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Times() {}

    /** Whether the time lies in the years 1970 to 9999. */
    static boolean isKept(Instant at) {
        return !at.isBefore(Instant.EPOCH) && at.isBefore(END);
    }
}
