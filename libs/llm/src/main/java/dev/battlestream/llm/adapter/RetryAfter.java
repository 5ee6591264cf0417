package dev.battlestream.llm.adapter;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a server asks to wait: {@code retry-after-ms} (OpenAI), else {@code Retry-After}. */
final class RetryAfter {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private RetryAfter() {}

    /** Empty if nothing is asked or it cannot be read; a date that is over is no wait at all. */
    static Optional<Duration> of(HttpHeaders headers, Instant now) {
        String millis = headers.firstValue("retry-after-ms").orElse("").strip();
        if (NUMBER.matcher(millis).matches()) {
            return Optional.of(millis(Double.parseDouble(millis)));
        }
        String value = headers.firstValue("retry-after").orElse("").strip();
        if (NUMBER.matcher(value).matches()) {
            return Optional.of(millis(Double.parseDouble(value) * 1000));
        }
        try {
            Instant until =
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(now, until);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private static Duration millis(double count) {
        return Duration.ofMillis((long) Math.ceil(count));
    }
}
