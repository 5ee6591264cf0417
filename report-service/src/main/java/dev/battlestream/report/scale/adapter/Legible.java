package dev.battlestream.report.scale.adapter;

import dev.battlestream.report.battle.adapter.Spelling;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Numbers as people read them; the exact ones stand in JSON and CSV. */
final class Legible {

    /** Where there is no value. */
    static final String NONE = "–";

    private static final long SECOND_MS = 1000;
    private static final long MINUTE_S = 60;
    private static final long HOUR_S = 3600;

    private Legible() {}

    /** A duration in its two largest units, to a tenth of a second below a minute. */
    static String duration(@Nullable Long ms) {
        if (ms == null) {
            return NONE;
        }
        if (ms < SECOND_MS) {
            return ms + " ms";
        }
        if (ms < 59_950) {
            return String.format(Locale.ROOT, "%.1f s", ms / 1000.0);
        }
        long seconds = Math.round(ms / 1000.0);
        return seconds < HOUR_S
                ? seconds / MINUTE_S + " min " + seconds % MINUTE_S + " s"
                : seconds / HOUR_S + " h " + seconds % HOUR_S / MINUTE_S + " min";
    }

    /** A share in percent, to a tenth where it is not whole. */
    static String percent(double share) {
        String percent = String.format(Locale.ROOT, "%.1f", share * 100);
        return (percent.endsWith(".0") ? percent.substring(0, percent.length() - 2) : percent)
                + "%";
    }

    static String number(@Nullable Number value) {
        return value == null ? NONE : value.toString();
    }

    static String usd(BigDecimal amount) {
        return "$" + Spelling.money(amount);
    }

    /** A model reference; empty for what the runner takes when none is named. */
    static String model(String reference) {
        return reference.isEmpty() ? "the default" : reference;
    }
}
