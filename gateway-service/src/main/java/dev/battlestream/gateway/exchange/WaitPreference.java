package dev.battlestream.gateway.exchange;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The preference {@code wait} of RFC 7240: how long the caller wants to wait for the result. */
public final class WaitPreference {

    private static final Pattern WAIT =
            Pattern.compile(
                    "\\s*wait\\s*=\\s*(?:([0-9]{1,9})|\"([0-9]{1,9})\")\\s*(?:;.*)?",
                    Pattern.CASE_INSENSITIVE);

    private WaitPreference() {}

    /**
     * The wait that the headers ask for. The first one counts; what is none, or says 0 s, is no
     * preference, and no error either.
     *
     * @param headers the values of all {@code Prefer} headers
     * @param most longer waits are cut to this
     */
    public static Optional<Duration> of(List<String> headers, Duration most) {
        return headers.stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(WAIT::matcher)
                .filter(Matcher::matches)
                .findFirst()
                .map(wait ->
                        Duration.ofSeconds(
                                Long.parseLong(
                                        wait.group(1) == null ? wait.group(2) : wait.group(1))))
                .filter(Duration::isPositive)
                .map(wait -> wait.compareTo(most) > 0 ? most : wait);
    }
}
