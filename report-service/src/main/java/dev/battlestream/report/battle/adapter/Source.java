package dev.battlestream.report.battle.adapter;

import org.jspecify.annotations.Nullable;

/** Where a read is answered from. */
public enum Source {
    /** The views, and for what they do not know the archive. */
    ANY,
    /** The views only. */
    VIEWS,
    /** The archive only. */
    ARCHIVE;

    /**
     * The source that a caller names.
     *
     * @param name views or archive; null for any
     * @throws InvalidRequestException if it is another
     */
    public static Source named(@Nullable String name) {
        return switch (name) {
            case null -> ANY;
            case "views" -> VIEWS;
            case "archive" -> ARCHIVE;
            default -> throw new InvalidRequestException("source", "source is views or archive");
        };
    }
}
