package dev.battlestream.report.scale.adapter;

import java.util.regex.Pattern;

/** Which texts are ids of runs. */
final class RunIds {

    private static final Pattern ID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private RunIds() {}

    /** Whether the text is a UUID of 36 characters. */
    static boolean isOne(String text) {
        return ID.matcher(text).matches();
    }
}
