package dev.battlestream.llm;

import java.time.Duration;

/** Turns nonsense in settings into one readable line. */
final class Refuse {

    private Refuse() {}

    static void unless(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    static void outside(String setting, Duration value, Duration least, Duration most) {
        unless(
                value.compareTo(least) >= 0 && value.compareTo(most) <= 0,
                "%s must be %s to %s, but is %s".formatted(setting, least, most, value));
    }
}
