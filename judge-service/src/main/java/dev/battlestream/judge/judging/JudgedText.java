package dev.battlestream.judge.judging;

/**
 * The message to be judged, as data: a JSON object of one line. Whatever it says stays inside a
 * JSON string, where it can neither close a delimiter nor open a new message; a reader of JSON gets
 * back exactly the text.
 *
 * <p>Beyond what JSON asks for, everything is escaped that a chat template, a terminal or an eye
 * could take for something else: the openings of control tokens and tags such as {@code <|im_end|>}
 * and {@code [INST]}, and characters that are not seen (controls, direction marks, tag characters,
 * variation selectors, private use).
 */
final class JudgedText {

    private static final String OPENING = "{\"agentMessage\":\"";
    private static final String CLOSING = "\"}";

    private JudgedText() {}

    static String of(String text) {
        StringBuilder json = new StringBuilder(text.length() + 64).append(OPENING);
        for (int at = 0; at < text.length(); ) {
            int c = text.codePointAt(at);
            int next = at + Character.charCount(c);
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c == '\n') {
                json.append("\\n");
            } else if (isUnseen(c) || opensMarkup(c, text, next)) {
                text.substring(at, next).chars().forEach(unit -> escape(json, unit));
            } else {
                json.appendCodePoint(c);
            }
            at = next;
        }
        return json.append(CLOSING).toString();
    }

    private static void escape(StringBuilder json, int unit) {
        json.append("\\u").append("%04x".formatted(unit));
    }

    private static boolean opensMarkup(int c, String text, int next) {
        if (c == '<') {
            return true;
        }
        char following = next < text.length() ? text.charAt(next) : ' ';
        return c == '[' && (following == '/' || Character.isUpperCase(following));
    }

    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
        };
    }
}
