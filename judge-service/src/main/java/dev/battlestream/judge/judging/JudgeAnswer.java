package dev.battlestream.judge.judging;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a judging model said, read with patience: a JSON object wherever it stands in the answer,
 * else a line that begins with a plain yes, no or uncertain. What contradicts itself or says
 * neither is uncertain: the battle then goes on, and a wrong end cannot be taken back.
 *
 * @param confidence 0 to 1; a half where the model did not say
 * @param reason at most {@value #MAX_REASON} characters
 */
record JudgeAnswer(Verdict verdict, double confidence, String reason) {

    static final int MAX_REASON = 1_000;
    static final String UNREADABLE = "unreadable answer";
    static final String CONTRADICTORY = "contradictory answer";

    private static final double UNSAID = 0.5;

    /** The word at the start of a line, alone or followed by a mark, perhaps after a label. */
    private static final Pattern PLAIN =
            Pattern.compile(
                    "^[\\s*_`\"#>-]*(?:(?:final )?(?:verdict|answer)[\\s*_`\"]*[:=][\\s*_`\"]*)?"
                            + "(yes|no|uncertain)[*_`\"]*(?:[.,;:!]|\\s*[\\u2013\\u2014]|\\s+-|\\s*$)",
                    Pattern.CASE_INSENSITIVE);

    static JudgeAnswer parse(String text) {
        List<JudgeAnswer> structured = AnswerObjects.in(text);
        if (!structured.isEmpty()) {
            boolean agree = structured.stream().map(JudgeAnswer::verdict).distinct().count() == 1;
            return agree ? structured.getLast() : uncertain(CONTRADICTORY);
        }
        Set<Verdict> plain =
                text.lines()
                        .map(PLAIN::matcher)
                        .filter(Matcher::find)
                        .flatMap(found -> verdict(found.group(1)).stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
        return switch (plain.size()) {
            case 0 -> uncertain(UNREADABLE);
            case 1 -> new JudgeAnswer(plain.iterator().next(), UNSAID, shortened(text.strip()));
            default -> uncertain(CONTRADICTORY);
        };
    }

    /** From the members of an object; a value out of range is brought into it. */
    static JudgeAnswer of(Verdict verdict, Optional<Double> confidence, String reason) {
        double given = confidence.filter(c -> !c.isNaN()).orElse(UNSAID);
        return new JudgeAnswer(verdict, Math.clamp(given, 0.0, 1.0), shortened(reason));
    }

    /** The verdict that a word names, in any case. */
    static Optional<Verdict> verdict(String word) {
        return switch (word.strip().toLowerCase(Locale.ROOT)) {
            case "yes", "true" -> Optional.of(Verdict.YES);
            case "no", "false" -> Optional.of(Verdict.NO);
            case "uncertain" -> Optional.of(Verdict.UNCERTAIN);
            default -> Optional.empty();
        };
    }

    private static JudgeAnswer uncertain(String reason) {
        return new JudgeAnswer(Verdict.UNCERTAIN, 0, reason);
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON - 1) + "…";
    }
}
