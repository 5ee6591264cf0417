package dev.battlestream.local.platform.adapter;

import dev.battlestream.schemas.LogRetention;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long topics keep records, from the environment, which the services read as well. */
final class RetentionSetting {

    private static final Pattern SIMPLE = Pattern.compile("(\\d{1,9})([mhd])");

    private RetentionSetting() {}

    /**
     * What the environment says, and where it says nothing the default.
     *
     * @throws PlatformException if it says nothing usable
     */
    static LogRetention of(Map<String, String> environment) {
        Duration requests =
                read(environment, LogRetention.REQUESTS_SETTING, LogRetention.DEFAULT.requests());
        Duration history =
                read(environment, LogRetention.HISTORY_SETTING, LogRetention.DEFAULT.history());
        try {
            return new LogRetention(requests, history);
        } catch (IllegalArgumentException e) {
            throw new PlatformException(String.valueOf(e.getMessage()), e);
        }
    }

    private static Duration read(
            Map<String, String> environment, String setting, Duration otherwise) {
        String text = environment.getOrDefault(setting, "").strip();
        if (text.isEmpty()) {
            return otherwise;
        }
        Matcher simple = SIMPLE.matcher(text.toLowerCase(Locale.ROOT));
        if (simple.matches()) {
            long number = Long.parseLong(simple.group(1));
            return switch (simple.group(2)) {
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                default -> Duration.ofDays(number);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new PlatformException(
                    "%s is %s, but must be a number with m, h or d, such as 12h or 30d"
                            .formatted(setting, text),
                    e);
        }
    }
}
