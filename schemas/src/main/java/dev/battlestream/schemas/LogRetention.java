package dev.battlestream.schemas;

import java.time.Duration;

/**
 * How long the log keeps what is written to it, by the operator's choice. All services of one
 * platform must be given the same: what they remember of battles whose records are gone follows
 * from it.
 *
 * @param requests how long a request may lie on its topic before it is refused as stale, an hour to
 *     a year
 * @param history how long the turns, verdicts and outcome of a battle stay at least, a day to a
 *     year; not less than {@code requests}
 */
public record LogRetention(Duration requests, Duration history) {

    /** What sets {@code requests}. */
    public static final String REQUESTS_SETTING = "BATTLESTREAM_REQUEST_RETENTION";

    /** What sets {@code history}. */
    public static final String HISTORY_SETTING = "BATTLESTREAM_HISTORY_RETENTION";

    /** The broker deletes a piece of a topic when its newest record is old; this is its span. */
    static final Duration LONGEST_PIECE = Duration.ofDays(7);

    private static final Duration SLACK = Duration.ofDays(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    /** What holds where the operator chooses nothing; stands behind what its rules need. */
    public static final LogRetention DEFAULT =
            new LogRetention(Duration.ofDays(7), Duration.ofDays(30));

    public LogRetention {
        require(requests, Duration.ofHours(1), REQUESTS_SETTING, "1h");
        require(history, Duration.ofDays(1), HISTORY_SETTING, "1d");
        if (history.compareTo(requests) < 0) {
            throw new IllegalArgumentException(
                    ("%s is %s, but must not be less than %s, which is %s: a battle would be"
                                    + " forgotten while its request may still be played")
                            .formatted(HISTORY_SETTING, history, REQUESTS_SETTING, requests));
        }
    }

    private static void require(Duration value, Duration least, String setting, String leastText) {
        if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "%s is %s, but must be %s to 365d".formatted(setting, value, leastText));
        }
    }

    /**
     * How long it is remembered that the id of a battle or run was played: a day longer than its
     * records stay at least. An id that is used again after that begins anew.
     */
    public Duration markers() {
        return history.plus(SLACK);
    }

    /**
     * How long a deletion stays and is remembered: until the broker has surely deleted every record
     * of the battle, so that views and archive that are built again never bring it back.
     */
    public Duration deletions() {
        return history.plus(LONGEST_PIECE).plus(SLACK);
    }
}
