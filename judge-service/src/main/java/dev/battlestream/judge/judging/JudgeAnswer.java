package dev.battlestream.judge.judging;

import dev.battlestream.policy.BoundedJson;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a judging model said: one JSON object with everything that was asked for, and nothing around
 * it but white space or a code fence. Anything else is no answer: what merely looks like a verdict
 * in the middle of a text may be a quotation of the judged one.
 *
 * @param confidence 0 to 1, as the model claims it
 * @param progress how far the goal is reached, 0 to 1; empty if the model cannot say
 * @param reason at most {@value #MAX_REASON} characters
 */
record JudgeAnswer(Verdict verdict, double confidence, Optional<Double> progress, String reason) {

    static final int MAX_REASON = 1_000;

    /** Text beyond is not looked at: an answer is a sentence or two. */
    private static final int MAX_LENGTH = 32_000;

    private static final int MAX_NODES = 100;

    /** An answer as far as it can be used. */
    sealed interface Reading {

        /** It can be. */
        record Usable(JudgeAnswer answer) implements Reading {}

        /**
         * It cannot.
         *
         * @param problem a sentence that the model is told
         */
        record Unusable(String problem) implements Reading {}
    }

    static Reading read(String text) {
        if (text.length() > MAX_LENGTH) {
            return unusable("It is too long.");
        }
        return switch (BoundedJson.read(unfenced(text.strip()), MAX_NODES)) {
            case BoundedJson.Reading.Value(JsonNode node) when node.isObject() -> members(node);
            case BoundedJson.Reading.Value _,
                    BoundedJson.Reading.NotJson _,
                    BoundedJson.Reading.TooLarge _ ->
                    unusable("It is not one JSON object and nothing else.");
        };
    }

    private static Reading members(JsonNode object) {
        Optional<Verdict> verdict = verdict(object.path("verdict"));
        if (verdict.isEmpty()) {
            return unusable("Its member verdict is none of \"yes\", \"no\" and \"uncertain\".");
        }
        JsonNode confidence = object.path("confidence");
        if (!isShare(confidence)) {
            return unusable("Its member confidence is no number from 0 to 1.");
        }
        JsonNode progress = object.path("progress");
        if (!progress.isMissingNode() && !progress.isNull() && !isShare(progress)) {
            return unusable("Its member progress is neither a number from 0 to 1 nor null.");
        }
        JsonNode reason = object.path("reason");
        if (!reason.isString() || reason.stringValue().isBlank()) {
            return unusable("Its member reason is no text.");
        }
        return new Reading.Usable(
                new JudgeAnswer(
                        verdict.get(),
                        confidence.doubleValue(),
                        progress.isNumber()
                                ? Optional.of(progress.doubleValue())
                                : Optional.empty(),
                        shortened(reason.stringValue().strip())));
    }

    private static Optional<Verdict> verdict(JsonNode node) {
        if (!node.isString()) {
            return Optional.empty();
        }
        return switch (node.stringValue().strip().toLowerCase(Locale.ROOT)) {
            case "yes" -> Optional.of(Verdict.YES);
            case "no" -> Optional.of(Verdict.NO);
            case "uncertain" -> Optional.of(Verdict.UNCERTAIN);
            default -> Optional.empty();
        };
    }

    private static boolean isShare(JsonNode node) {
        return node.isNumber() && node.doubleValue() >= 0 && node.doubleValue() <= 1;
    }

    /** Many models fence what they write, whatever they are told. */
    private static String unfenced(String text) {
        int firstLine = text.indexOf('\n');
        return firstLine > 0
                        && text.endsWith("\n```")
                        && (text.startsWith("```\n") || text.startsWith("```json\n"))
                        && text.length() - 4 > firstLine
                ? text.substring(firstLine + 1, text.length() - 4)
                : text;
    }

    private static Reading unusable(String problem) {
        return new Reading.Unusable(problem);
    }

    private static String shortened(String reason) {
        return reason.length() <= MAX_REASON ? reason : reason.substring(0, MAX_REASON - 1) + "…";
    }
}
