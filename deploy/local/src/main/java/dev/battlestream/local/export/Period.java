package dev.battlestream.local.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A range of times.
 *
 * @param from the first; null: from the beginning
 * @param to the first that is not meant any more; null: to the end
 */
public record Period(@Nullable Instant from, @Nullable Instant to) {

    // PostgreSQL knows years that nobody means; these it can compare with.
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    public Period {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new IllegalArgumentException(
                    "--from is %s, but must be before --to, which is %s".formatted(from, to));
        }
    }

    /**
     * The period that two options name, each an instant or a day, which begins at midnight UTC.
     *
     * @throws IllegalArgumentException with a readable message if they make no sense
     */
    public static Period between(@Nullable String from, @Nullable String to) {
        return new Period(parse("--from", from), parse("--to", to));
    }

    private static @Nullable Instant parse(String option, @Nullable String text) {
        if (text == null) {
            return null;
        }
        String given = text.strip();
        Instant time;
        try {
            time =
                    given.length() == "2026-01-31".length()
                            ? LocalDate.parse(given).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : OffsetDateTime.parse(given).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(rule(option, text), e);
        }
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new IllegalArgumentException(rule(option, text));
        }
        return time;
    }

    private static String rule(String option, String text) {
        return "%s is %s, but must be a day such as 2026-01-31 or a time such as 2026-01-31T12:00:00Z"
                .formatted(option, text);
    }
}
