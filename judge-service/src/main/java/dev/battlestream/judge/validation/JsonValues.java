package dev.battlestream.judge.validation;

import dev.battlestream.policy.BoundedJson;
import dev.battlestream.policy.BoundedJson.Reading;
import tools.jackson.databind.JsonNode;

/** Values of JSON by what they mean: 1 and 1.0 are equal, and so are objects in any order. */
final class JsonValues {

    private JsonValues() {}

    /**
     * @throws IllegalStateException if the text is no bounded JSON, which the rules have checked
     */
    static JsonNode parse(String text) {
        if (BoundedJson.read(text, Message.MAX_NODES) instanceof Reading.Value(JsonNode node)) {
            return node;
        }
        throw new IllegalStateException("A value to compare with is no JSON");
    }

    static boolean equal(JsonNode a, JsonNode b) {
        if (a.isNumber() && b.isNumber()) {
            return a.decimalValue().compareTo(b.decimalValue()) == 0;
        }
        if (a.isArray() && b.isArray()) {
            return a.size() == b.size() && elementsEqual(a, b);
        }
        if (a.isObject() && b.isObject()) {
            return a.size() == b.size() && membersEqual(a, b);
        }
        return a.equals(b);
    }

    private static boolean elementsEqual(JsonNode a, JsonNode b) {
        for (int i = 0; i < a.size(); i++) {
            if (!equal(a.path(i), b.path(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean membersEqual(JsonNode a, JsonNode b) {
        return a.properties().stream()
                .allMatch(member ->
                        b.has(member.getKey())
                                && equal(member.getValue(), b.path(member.getKey())));
    }
}
