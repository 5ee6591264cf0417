package dev.battlestream.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSONPath in the part of RFC 9535 that takes no time worth bounding: names, indexes, wildcards
 * and descendants, one selector for each segment; no slices, no lists of selectors, no filters.
 *
 * @param segments in order, at most {@value #MAX_SEGMENTS}
 */
public record JsonPath(List<Segment> segments) {

    /** Characters of a path. */
    public static final int MAX_LENGTH = 200;

    static final int MAX_SEGMENTS = 20;

    /** Indexes beyond have too many digits to be meant. */
    private static final int MAX_INDEX_DIGITS = 9;

    public JsonPath {
        segments = List.copyOf(segments);
    }

    /**
     * One step from a value to others.
     *
     * @param descendants whether it is taken from the value and from all within it
     */
    public record Segment(Selector selector, boolean descendants) {}

    /** What a step goes to. */
    public sealed interface Selector {

        /** The member of that name. */
        record Name(String name) implements Selector {}

        /** The element of that index; a negative one counts from the end. */
        record Index(int index) implements Selector {}

        /** Every member or element. */
        record Wildcard() implements Selector {}
    }

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none, with what is wrong as its message
     */
    public static JsonPath parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "must have at most %d characters".formatted(MAX_LENGTH));
        }
        return new Reader(text).path();
    }

    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        JsonPath path() {
            if (!taken("$")) {
                throw wrong("must begin with $");
            }
            List<Segment> segments = new ArrayList<>();
            while (at < text.length()) {
                segments.add(segment());
            }
            if (segments.size() > MAX_SEGMENTS) {
                throw wrong("must have at most %d segments".formatted(MAX_SEGMENTS));
            }
            return new JsonPath(segments);
        }

        private Segment segment() {
            if (taken("[")) {
                return new Segment(bracketed(), false);
            }
            if (taken("..")) {
                return new Segment(taken("[") ? bracketed() : dotted(), true);
            }
            if (taken(".")) {
                return new Segment(dotted(), false);
            }
            throw wrong("has something unexpected at character %d".formatted(at + 1));
        }

        private Selector dotted() {
            if (taken("*")) {
                return new Selector.Wildcard();
            }
            int from = at;
            while (at < text.length() && isNamePart(text.charAt(at), at > from)) {
                at++;
            }
            if (at == from) {
                throw wrong("has no name at character %d".formatted(at + 1));
            }
            return new Selector.Name(text.substring(from, at));
        }

        private static boolean isNamePart(char c, boolean inside) {
            return c == '_'
                    || (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || c >= 0x80
                    || (inside && c >= '0' && c <= '9');
        }

        private Selector bracketed() {
            Selector selector;
            if (taken("*")) {
                selector = new Selector.Wildcard();
            } else if (at < text.length() && "'\"".indexOf(text.charAt(at)) >= 0) {
                selector = new Selector.Name(quoted(text.charAt(at++)));
            } else {
                selector = new Selector.Index(index());
            }
            if (!taken("]")) {
                throw wrong(
                        "needs one name in quotes, one index or * between brackets at character %d"
                                .formatted(at + 1));
            }
            return selector;
        }

        private int index() {
            int from = at;
            boolean negative = taken("-");
            int digits = at;
            while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
                at++;
            }
            boolean leadingZero = text.startsWith("0", digits) && (at > digits + 1 || negative);
            if (at == digits || at - digits > MAX_INDEX_DIGITS || leadingZero) {
                throw wrong("has no index that can be read at character %d".formatted(from + 1));
            }
            return Integer.parseInt(text, from, at, 10);
        }

        private String quoted(char quote) {
            StringBuilder name = new StringBuilder();
            while (at < text.length() && text.charAt(at) != quote) {
                char c = text.charAt(at++);
                name.append(c == '\\' ? escaped(quote) : c);
            }
            if (at++ >= text.length()) {
                throw wrong("has a name without its closing quote");
            }
            return name.toString();
        }

        private char escaped(char quote) {
            char c = at < text.length() ? text.charAt(at++) : ' ';
            return switch (c) {
                case '\\', '/' -> c;
                case 'b' -> '\b';
                case 'f' -> '\f';
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                case 'u' -> unicode();
                default -> {
                    if (c == quote) {
                        yield c;
                    }
                    throw wrong("has an unknown escape before character %d".formatted(at + 1));
                }
            };
        }

        private char unicode() {
            if (at + 4 > text.length()
                    || !text.substring(at, at + 4)
                            .chars()
                            .allMatch(c -> Character.digit(c, 16) >= 0)) {
                throw wrong("has an unknown escape before character %d".formatted(at + 1));
            }
            at += 4;
            return (char) Integer.parseInt(text, at - 4, at, 16);
        }

        private boolean taken(String token) {
            if (!text.startsWith(token, at)) {
                return false;
            }
            at += token.length();
            return true;
        }

        private static IllegalArgumentException wrong(String message) {
            return new IllegalArgumentException(message);
        }
    }
}
