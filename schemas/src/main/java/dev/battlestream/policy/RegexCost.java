package dev.battlestream.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An upper estimate of how many instructions a regular expression compiles to, made without
 * compiling it: a counted repetition is compiled by copying, so {@code ((a{999}){999}){999}} would
 * exhaust the memory before any limit on the compiled size could be looked at.
 *
 * <p>Matching takes time in proportion to this cost times the length of the message. Where the
 * expression is malformed the estimate means nothing; compiling it then says so.
 */
public final class RegexCost {

    /** What the regular expressions of one policy may cost together. */
    public static final long MAX_PER_POLICY = 2_000;

    /**
     * Copies that a repetition such as {0,9} may leave out. Each is compiled inside the one before
     * it, and too many exhaust the stack.
     */
    private static final long MAX_OPTIONAL = 500;

    private static final long CEILING = 1_000_000_000L;

    private static final Pattern REPETITION =
            Pattern.compile("\\{([0-9]{1,9})(?:,([0-9]{0,9}))?\\}");

    private final String pattern;

    // Where the last ones begin, or -1: to look for a missing end at every beginning would take
    // time in proportion to the square of the length.
    private final int lastNamedClassEnd;
    private final int lastBrace;
    private int at;

    private RegexCost(String pattern) {
        this.pattern = pattern;
        lastNamedClassEnd = pattern.lastIndexOf(":]");
        lastBrace = pattern.lastIndexOf('}');
    }

    /**
     * Takes time in proportion to the pattern's length. At least 1; never more than about {@value
     * #CEILING}, whatever is nested.
     */
    public static long of(String pattern) {
        return new RegexCost(pattern).measure();
    }

    /** One open group: what it has cost so far, and its last part, which a repetition copies. */
    private record Level(long cost, long last) {

        Level plus(long part) {
            return new Level(capped(cost + part), part);
        }

        Level looped() {
            return new Level(capped(cost + 1), capped(last + 1));
        }

        Level repeated(long times) {
            long copies = capped(last * times);
            return new Level(capped(cost - last + copies), copies);
        }
    }

    private long measure() {
        Deque<Level> outer = new ArrayDeque<>();
        Level level = new Level(1, 0);
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            switch (c) {
                case '(' -> {
                    outer.push(level);
                    level = new Level(2, 0);
                    at++;
                }
                case ')' -> {
                    at++;
                    level = outer.isEmpty() ? level : outer.pop().plus(level.cost());
                }
                case '{' -> level = level.repeated(repetition());
                case '*', '+', '?' -> {
                    level = level.looped();
                    at++;
                }
                case '[' -> {
                    skipClass();
                    level = level.plus(1);
                }
                case '\\' -> level = level.plus(escape());
                default -> {
                    at++;
                    level = level.plus(1);
                }
            }
        }
        while (!outer.isEmpty()) {
            level = outer.pop().plus(level.cost());
        }
        return level.cost();
    }

    /** The largest count of a repetition such as {2,9}, with one more for its end; else 2. */
    private long repetition() {
        Matcher counted = REPETITION.matcher(pattern).region(at, pattern.length());
        if (!counted.lookingAt()) {
            at++;
            return 2;
        }
        at = counted.end();
        long least = Long.parseLong(counted.group(1));
        String upper = counted.group(2);
        long most = upper == null || upper.isEmpty() ? 0 : Long.parseLong(upper);
        return most - least > MAX_OPTIONAL ? CEILING : 1 + Math.max(least, most);
    }

    private void skipClass() {
        at++;
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            at++;
        }
        // A bracket in the first place is a member, not the end.
        int first = at;
        while (at < pattern.length() && (at == first || pattern.charAt(at) != ']')) {
            if (at <= lastNamedClassEnd && pattern.startsWith("[:", at)) {
                at = pattern.indexOf(":]", at) + 2;
            } else {
                at += pattern.charAt(at) == '\\' ? 2 : 1;
            }
        }
        at++;
    }

    /** One escaped character or class, or a whole quotation. */
    private long escape() {
        if (pattern.startsWith("\\Q", at)) {
            int end = pattern.indexOf("\\E", at);
            int quoted = (end < 0 ? pattern.length() : end) - at - 2;
            at = end < 0 ? pattern.length() : end + 2;
            return Math.max(quoted, 1);
        }
        boolean braced =
                at <= lastBrace
                        && pattern.startsWith("{", at + 2)
                        && "xpP".indexOf(at + 1 < pattern.length() ? pattern.charAt(at + 1) : ' ')
                                >= 0;
        int end = braced ? pattern.indexOf('}', at) : -1;
        at = end < 0 ? at + 2 : end + 1;
        return 1;
    }

    private static long capped(long cost) {
        return Math.min(cost, CEILING);
    }
}
