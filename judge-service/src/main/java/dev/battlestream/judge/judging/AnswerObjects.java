package dev.battlestream.judge.judging;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds the JSON objects that give a verdict in an answer that may hold anything else too. */
final class AnswerObjects {

    /** What follows an object does not make it a worse one. */
    private static final JsonMapper JSON =
            JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /** Text beyond is not looked at: an answer is a sentence or two. */
    private static final int MAX_LENGTH = 32_000;

    /** So many beginnings of an object are tried at most. */
    private static final int MAX_TRIES = 50;

    private AnswerObjects() {}

    /** In the order of the text; objects without a readable verdict are left out. */
    static List<JudgeAnswer> in(String answer) {
        String text = answer.length() <= MAX_LENGTH ? answer : answer.substring(0, MAX_LENGTH);
        List<JudgeAnswer> found = new ArrayList<>();
        int from = text.indexOf('{');
        for (int tries = 0; from >= 0 && tries < MAX_TRIES; tries++) {
            int next = from + 1;
            try (JsonParser parser = JSON.createParser(text.substring(from))) {
                JsonNode node = JSON.readTree(parser);
                // What lies inside a whole object is part of it, a quotation for example.
                next = from + (int) parser.currentLocation().getCharOffset();
                answer(node).ifPresent(found::add);
            } catch (JacksonException e) {
                // Not an object from here on: the next brace may begin one.
            }
            from = text.indexOf('{', next);
        }
        return found;
    }

    private static Optional<JudgeAnswer> answer(JsonNode node) {
        JsonNode confidence = node.path("confidence");
        return JudgeAnswer.verdict(node.path("verdict").asString(""))
                .map(verdict ->
                        JudgeAnswer.of(
                                verdict,
                                confidence.isNumber()
                                        ? Optional.of(confidence.doubleValue())
                                        : Optional.empty(),
                                node.path("reason").asString("")));
    }
}
