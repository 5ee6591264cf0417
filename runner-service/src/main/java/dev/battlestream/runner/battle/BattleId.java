package dev.battlestream.runner.battle;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the contract says of ids: UUIDs as text, of battles and of scale runs. */
public final class BattleId {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private BattleId() {}

    /** Whether the text is a UUID as it is written by the contract, in lower case. */
    public static boolean isCanonical(String text) {
        return isValid(text) && text.equals(text.toLowerCase(Locale.ROOT));
    }

    /** Whether the text is a UUID of 36 characters. */
    public static boolean isValid(String text) {
        return UUID.matcher(text).matches();
    }
}
