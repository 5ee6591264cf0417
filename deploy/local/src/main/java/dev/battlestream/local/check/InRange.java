package dev.battlestream.local.check;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What anyone may have written, brought into the range that readers are shown: times from 1970 to
 * 9999, durations up to 30 days, counts from 0, amounts of nine decimal places below a billion,
 * shares from 0 to 1.
 */
public final class InRange {

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    private static final long LONGEST_MS = Duration.ofDays(30).toMillis();
    private static final int MOST_IN_NAME = 200;
    private static final int MONEY_SCALE = 9;
    private static final BigDecimal MOST_USD = new BigDecimal("999999999.999999999");

    private InRange() {}

    public static Instant time(Instant at) {
        if (at.isBefore(Instant.EPOCH)) {
            return Instant.EPOCH;
        }
        return at.isAfter(LATEST) ? LATEST : at;
    }

    public static long millis(long duration) {
        return Math.clamp(duration, 0, LONGEST_MS);
    }

    public static int count(int count) {
        return Math.max(count, 0);
    }

    public static BigDecimal money(BigDecimal usd) {
        return usd.setScale(MONEY_SCALE, RoundingMode.HALF_UP).min(MOST_USD).max(MOST_USD.negate());
    }

    public static @Nullable BigDecimal moneyOrNull(@Nullable BigDecimal usd) {
        return usd == null ? null : money(usd);
    }

    /** As much of a name as the contract allows; half of a surrogate pair is no text. */
    public static String name(String text) {
        return cut(text, MOST_IN_NAME);
    }

    /** At most that many characters of a text. */
    public static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        boolean pair = Character.isHighSurrogate(text.charAt(most - 1));
        return text.substring(0, pair ? most - 1 : most);
    }

    /** A share; null for what is none. */
    public static @Nullable Double share(@Nullable Double share) {
        return share != null && share >= 0 && share <= 1 ? share : null;
    }
}
