package dev.battlestream.report.scale.adapter;

import java.util.regex.Pattern;

/** Which texts are ids of runs. */
final class RunIds {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private RunIds() {}

    /** Whether the text is a UUID in its only form, of 36 characters in lower case. */
    static boolean isOne(String text) {
        return ID.matcher(text).matches();
    }
}
