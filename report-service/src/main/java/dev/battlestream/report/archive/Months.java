package dev.battlestream.report.archive;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * In which month's partitions a battle or run is put: that of its first fact, brought into those
 * that are kept, whatever clock a foreign writer has.
 *
 * @param oldest first day of the oldest month that is kept
 * @param newest first day of the newest month that anything is put into
 */
public record Months(LocalDate oldest, LocalDate newest) {

    /**
     * The months at a time.
     *
     * @param retention how long the archive keeps what happened
     */
    public static Months at(Instant now, Duration retention) {
        // The clock of whoever writes may be ahead when a month ends.
        return new Months(first(now.minus(retention)), first(now).plusMonths(1));
    }

    /** First day of the month for something that happened then. */
    public LocalDate of(Instant at) {
        LocalDate month = first(at);
        if (month.isBefore(oldest)) {
            return oldest;
        }
        return month.isAfter(newest) ? newest : month;
    }

    private static LocalDate first(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC).withDayOfMonth(1);
    }
}
