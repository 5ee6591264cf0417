package dev.battlestream.policy;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads JSON that somebody else wrote: numbers exactly, no name twice in an object, nothing behind
 * the value, and nothing that takes more than its length to look at.
 */
public final class BoundedJson {

    /** Values within one another. */
    private static final int MAX_DEPTH = 64;

    /** Characters of a number. */
    private static final int MAX_NUMBER = 100;

    /** The largest power of ten, either way: 1e999999999 is short to write and long to count. */
    private static final int MAX_EXPONENT = 400;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .maxNumberLength(MAX_NUMBER)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    private BoundedJson() {}

    /** What a text is as JSON. */
    public sealed interface Reading {

        /** It is JSON. */
        record Value(JsonNode node) implements Reading {}

        /** It is none. */
        record NotJson() implements Reading {}

        /** It may be, but nobody has looked at all of it. */
        record TooLarge() implements Reading {}
    }

    /**
     * Reads a text.
     *
     * @param maxNodes values within the value, itself included
     */
    public static Reading read(String text, int maxNodes) {
        JsonNode node;
        try {
            node = JSON.readTree(text);
        } catch (tools.jackson.core.exc.StreamConstraintsException _) {
            return new Reading.TooLarge();
        } catch (JacksonException _) {
            return new Reading.NotJson();
        }
        if (node == null || node.isMissingNode()) {
            return new Reading.NotJson();
        }
        return fits(node, new int[] {maxNodes}) ? new Reading.Value(node) : new Reading.TooLarge();
    }

    /**
     * Writes a value of maps, lists, texts, numbers, booleans and nulls; members sorted by name, so
     * that equal values have equal texts.
     */
    public static String write(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Recursion is bounded by the depth. */
    private static boolean fits(JsonNode node, int[] left) {
        if (--left[0] < 0) {
            return false;
        }
        if (node.isBigDecimal() && Math.abs((long) node.decimalValue().scale()) > MAX_EXPONENT) {
            return false;
        }
        for (JsonNode child : node) {
            if (!fits(child, left)) {
                return false;
            }
        }
        return true;
    }
}
