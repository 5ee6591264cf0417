package dev.battlestream.report.archive;

/**
 * Text of a foreign writer as the database can keep it: without the character U+0000, which
 * PostgreSQL refuses, and no longer than an index entry may be.
 */
final class KeptText {

    /** Characters of a name, as the contract has it. */
    static final int MOST_IN_NAME = 200;

    private static final int MOST_IN_DETAIL = 1_000;

    private KeptText() {}

    static String name(String text) {
        return kept(text, MOST_IN_NAME);
    }

    static String detail(String text) {
        return kept(text, MOST_IN_DETAIL);
    }

    private static String kept(String text, int most) {
        String shortened = text;
        if (text.length() > most) {
            // Half of a surrogate pair is no text.
            int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
            shortened = text.substring(0, end);
        }
        return shortened.replace('\0', '\uFFFD');
    }
}
