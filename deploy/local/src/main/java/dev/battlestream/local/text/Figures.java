package dev.battlestream.local.text;

import java.time.Duration;
import java.util.Locale;

/** Durations and sizes as people read them. */
public final class Figures {

    private static final long KIB = 1024;

    private Figures() {}

    /** Such as {@code 0.4 s}, {@code 12 s}, {@code 3 min 5 s}, {@code 2 h 4 min}. */
    public static String duration(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(10)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return duration.toSeconds() + " s";
        }
        if (duration.compareTo(Duration.ofHours(1)) < 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }

    /** Bytes in whole MiB, such as {@code 312 MB}. */
    public static String memory(long bytes) {
        return Math.round((double) bytes / (KIB * KIB)) + " MB";
    }

    /** A text on one line, cut to at most {@code length} characters. */
    public static String oneLine(String text, int length) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.codePointCount(0, line.length()) <= length) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, length - 1)) + "…";
    }
}
