package dev.battlestream.local.check;

import org.jspecify.annotations.Nullable;

/**
 * A field of which a source says something else than the log.
 *
 * @param place where it is, such as {@code status} or {@code message 3}
 * @param log what the log says; null for nothing
 * @param found what the source says; null for nothing
 */
public record Mismatch(String place, String field, @Nullable String log, @Nullable String found) {

    /** The field of a row that stands for the row itself. */
    static final String ROW = "row";

    private static final String THERE = "there";

    /** A row that the log has and the source has not, or the other way round. */
    static Mismatch ofRow(String place, boolean logged) {
        return new Mismatch(place, ROW, logged ? THERE : null, logged ? null : THERE);
    }
}
