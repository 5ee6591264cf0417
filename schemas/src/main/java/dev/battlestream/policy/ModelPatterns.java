package dev.battlestream.policy;

import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Which models may be asked, as an operator writes it: a list of references, {@code provider:name},
 * in which {@code *} stands for any characters, also none. {@code openai:gpt-4o*} allows all models
 * of the provider that begin so, {@code *:llama*} those of every provider. Letters count as they
 * are written. An empty list allows every model.
 */
public final class ModelPatterns {

    private static final Pattern PATTERN = Pattern.compile("[\\x21-\\x7e]{1,200}");

    private ModelPatterns() {}

    /** Whether a model may be asked, in time linear to its length for each pattern. */
    public static boolean allow(Collection<String> patterns, String reference) {
        return patterns.isEmpty()
                || patterns.stream().anyMatch(pattern -> matches(pattern, reference));
    }

    /**
     * Refuses what matches nothing that anybody means.
     *
     * @throws IllegalArgumentException if one of these is no pattern, with its place and the rule
     */
    public static void check(String setting, Collection<String> patterns) {
        for (String pattern : patterns) {
            boolean whole = pattern.equals("*");
            int colon = pattern.indexOf(':');
            if (!whole && (!PATTERN.matcher(pattern).matches() || colon < 1)) {
                throw new IllegalArgumentException(
                        setting
                                + " must be references such as openai:gpt-4o*, but one of them is \"%s\""
                                        .formatted(pattern.replaceAll("\\p{Cntrl}", "?")));
            }
        }
    }

    /** Each piece between two stars is taken where it comes first: a later place gains nothing. */
    private static boolean matches(String pattern, String reference) {
        String[] pieces = pattern.split("\\*", -1);
        String first = pieces[0];
        if (pieces.length == 1) {
            return reference.equals(first);
        }
        String last = pieces[pieces.length - 1];
        if (!reference.startsWith(first)
                || !reference.endsWith(last)
                || reference.length() < first.length() + last.length()) {
            return false;
        }
        int from = first.length();
        int end = reference.length() - last.length();
        for (int i = 1; i < pieces.length - 1; i++) {
            int at = reference.indexOf(pieces[i], from);
            if (at < 0 || at + pieces[i].length() > end) {
                return false;
            }
            from = at + pieces[i].length();
        }
        return true;
    }
}
