package dev.battlestream.gateway.battle;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large a regular expression becomes when its counted repetitions are written out. RE2 matches
 * in linear time whatever the pattern, but {@code ((a{99}){99}){99}} is a program of a million
 * steps, and one more level fills the memory of whoever compiles it.
 */
final class RegexCost {

    /**
     * The largest cost that is compiled: room for RE2's own limit of 1,000 repetitions of a part a
     * few times over. To match takes at worst the cost times the length of the message.
     */
    static final long MOST = 5_000;

    private static final Pattern NAMED_CHARACTER = Pattern.compile("\\\\[xpP]\\{[^}]*}");
    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?}");

    private final String pattern;
    private int at;
    private long last;

    private RegexCost(String pattern) {
        this.pattern = pattern;
    }

    /**
     * An upper bound of the number of steps, saturated far above {@link #MOST}. Patterns that do
     * not parse get some number: the compiler refuses them later.
     */
    static long of(String pattern) {
        return new RegexCost(pattern).cost();
    }

    private long cost() {
        // Cost of what stands before the part that was read last, one entry per open group.
        Deque<Long> open = new ArrayDeque<>();
        long before = 0;
        while (at < pattern.length()) {
            char c = pattern.charAt(at);
            if (c == '(') {
                open.push(saturated(before + last));
                before = 1;
                last = 0;
                at++;
            } else if (c == ')' && !open.isEmpty()) {
                last = saturated(before + last);
                before = open.pop();
                at++;
            } else if (c == '{' && multiplied()) {
                // multiplied() has moved on.
                last = saturated(last);
            } else {
                before = saturated(before + last);
                last = 1;
                skipPart(c);
            }
        }
        while (!open.isEmpty()) {
            before = saturated(before + open.pop());
        }
        return saturated(before + last);
    }

    private boolean multiplied() {
        Matcher count = COUNT.matcher(pattern).region(at, pattern.length());
        if (!count.lookingAt()) {
            return false;
        }
        long least = Long.parseLong(count.group(1));
        String upper = count.group(3);
        long most = upper == null || upper.isEmpty() ? least + 1 : Long.parseLong(upper);
        last = saturated(last * Math.max(1, Math.max(least, most)));
        at = count.end();
        return true;
    }

    private void skipPart(char first) {
        if (first == '\\' && pattern.startsWith("\\Q", at)) {
            int end = pattern.indexOf("\\E", at + 2);
            int close = end < 0 ? pattern.length() : end;
            last = Math.max(1, close - at - 2);
            at = end < 0 ? pattern.length() : end + 2;
        } else if (first == '\\') {
            Matcher named = NAMED_CHARACTER.matcher(pattern).region(at, pattern.length());
            at = named.lookingAt() ? named.end() : at + 2;
        } else if (first == '[') {
            skipClass();
        } else {
            at++;
        }
    }

    /** A class counts once; brackets and braces in it mean themselves. */
    private void skipClass() {
        at++;
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            at++;
        }
        if (at < pattern.length() && pattern.charAt(at) == ']') {
            at++;
        }
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            if (pattern.charAt(at) == '\\') {
                at++;
            } else if (pattern.startsWith("[:", at)) {
                int end = pattern.indexOf(":]", at + 2);
                at = end < 0 ? at : end + 1;
            }
            at++;
        }
        at++;
    }

    private static long saturated(long cost) {
        return Math.min(cost, MOST * 1_000);
    }
}
