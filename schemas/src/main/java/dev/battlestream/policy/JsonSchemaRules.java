package dev.battlestream.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What a JSON Schema must keep before anybody compiles it: it is of draft 2020-12, uses only
 * keywords whose cost can be told, refers to its own {@code $defs} only, and not in a circle.
 * Nothing is ever fetched.
 *
 * <p>A check takes at most (cost of the schema) times (values of the document) steps: with all
 * references written out, each part of the schema meets each value at most once.
 */
public final class JsonSchemaRules {

    /** Characters of one schema. */
    public static final int MAX_LENGTH = 8_000;

    /** What the schemas of one policy may cost together. */
    public static final long MAX_PER_POLICY = 1_000;

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
    private static final int MAX_NODES = 2_000;
    private static final long CEILING = 1_000_000;
    private static final java.util.regex.Pattern REFERENCE =
            java.util.regex.Pattern.compile("#/\\$defs/([A-Za-z0-9._-]{1,100})");
    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "integer", "string");

    private final JsonNode root;
    private final Map<String, Cost> definitions = new HashMap<>();
    private final Set<String> open = new HashSet<>();

    private JsonSchemaRules(JsonNode root) {
        this.root = root;
    }

    /**
     * What a schema takes.
     *
     * @param parts keywords and listed values, with all references written out
     * @param expressions the {@link RegexCost} of its regular expressions
     */
    public record Cost(long parts, long expressions) {

        static final Cost NONE = new Cost(0, 0);

        Cost plus(Cost other) {
            return new Cost(
                    Math.min(parts + other.parts, CEILING),
                    Math.min(expressions + other.expressions, CEILING));
        }
    }

    /**
     * What a schema costs.
     *
     * @throws IllegalArgumentException if it breaks a rule, with the rule as its message
     */
    public static Cost cost(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw wrong("must have 1 to %d characters".formatted(MAX_LENGTH));
        }
        return switch (BoundedJson.read(text, MAX_NODES)) {
            case BoundedJson.Reading.Value(JsonNode node) -> new JsonSchemaRules(node).schema(node);
            case BoundedJson.Reading.NotJson _ -> throw wrong("is no JSON");
            case BoundedJson.Reading.TooLarge _ -> throw wrong("is nested too deeply or too large");
        };
    }

    private Cost schema(JsonNode schema) {
        if (schema.isBoolean()) {
            return new Cost(1, 0);
        }
        if (!schema.isObject()) {
            throw wrong("must be an object, and so must each schema in it");
        }
        Cost cost = new Cost(1, 0);
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            cost = cost.plus(keyword(keyword.getKey(), keyword.getValue()));
        }
        return cost;
    }

    private Cost keyword(String keyword, JsonNode value) {
        return switch (keyword) {
            case "items",
                    "contains",
                    "additionalProperties",
                    "propertyNames",
                    "not",
                    "if",
                    "then",
                    "else" ->
                    schema(value);
            case "allOf", "anyOf", "oneOf", "prefixItems" -> list(keyword, value);
            case "properties", "dependentSchemas" -> map(keyword, value);
            case "patternProperties" -> map(keyword, value).plus(names(value));
            case "$defs" -> {
                // Each costs where it is referred to; here it must only be well-formed.
                map(keyword, value);
                yield Cost.NONE;
            }
            case "$ref" -> reference(value);
            case "pattern" -> new Cost(1, expression(text(keyword, value)));
            case "$schema" -> {
                require(DRAFT.equals(text(keyword, value)), "$schema must be " + DRAFT);
                yield Cost.NONE;
            }
            case "title", "description", "$comment", "format" -> {
                text(keyword, value);
                yield Cost.NONE;
            }
            case "default", "examples", "deprecated", "readOnly", "writeOnly" -> Cost.NONE;
            case "const" -> new Cost(1, 0);
            case "enum" -> {
                require(value.isArray(), "enum must be a list");
                yield new Cost(1 + value.size(), 0);
            }
            case "type" -> type(value);
            case "required" -> new Cost(1 + words(keyword, value), 0);
            case "dependentRequired" -> {
                require(value.isObject(), "dependentRequired must be an object");
                yield new Cost(
                        1 + value.values().stream().mapToLong(v -> words(keyword, v)).sum(), 0);
            }
            case "uniqueItems" -> {
                require(value.isBoolean(), "uniqueItems must be true or false");
                yield new Cost(1, 0);
            }
            case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" -> {
                require(value.isNumber(), keyword + " must be a number");
                yield new Cost(1, 0);
            }
            case "multipleOf" -> {
                require(
                        value.isNumber() && value.decimalValue().signum() > 0,
                        "multipleOf must be a number above 0");
                yield new Cost(1, 0);
            }
            case "minLength",
                    "maxLength",
                    "minItems",
                    "maxItems",
                    "minContains",
                    "maxContains",
                    "minProperties",
                    "maxProperties" -> {
                require(
                        value.isInt() && value.intValue() >= 0,
                        keyword + " must be a whole number of at least 0");
                yield new Cost(1, 0);
            }
            default ->
                    throw wrong(
                            "has the keyword %s, which is not supported"
                                    .formatted(
                                            keyword.length() <= 40
                                                    ? keyword
                                                    : keyword.substring(0, 40) + "…"));
        };
    }

    private Cost list(String keyword, JsonNode value) {
        require(value.isArray() && !value.isEmpty(), keyword + " must be a list of schemas");
        Cost cost = Cost.NONE;
        for (JsonNode schema : value) {
            cost = cost.plus(schema(schema));
        }
        return cost;
    }

    private Cost map(String keyword, JsonNode value) {
        require(value.isObject(), keyword + " must be an object of schemas");
        Cost cost = Cost.NONE;
        for (JsonNode schema : value) {
            cost = cost.plus(schema(schema));
        }
        return cost;
    }

    private Cost names(JsonNode patternProperties) {
        long expressions = 0;
        for (Map.Entry<String, JsonNode> property : patternProperties.properties()) {
            expressions += expression(property.getKey());
        }
        return new Cost(0, expressions);
    }

    private Cost reference(JsonNode value) {
        var name = REFERENCE.matcher(text("$ref", value));
        require(name.matches(), "$ref must be written #/$defs/name");
        String definition = name.group(1);
        Cost known = definitions.get(definition);
        if (known != null) {
            return known;
        }
        JsonNode target = root.path("$defs").path(definition);
        require(!target.isMissingNode(), "$ref leads to nothing");
        require(open.add(definition), "$ref leads back to itself");
        Cost cost = schema(target);
        open.remove(definition);
        definitions.put(definition, cost);
        return cost;
    }

    private static Cost type(JsonNode value) {
        boolean known =
                value.isArray()
                        ? !value.isEmpty()
                                && value.values().stream().allMatch(JsonSchemaRules::isType)
                        : isType(value);
        require(known, "type must name types of JSON");
        return new Cost(1, 0);
    }

    private static boolean isType(JsonNode value) {
        return value.isString() && TYPES.contains(value.stringValue());
    }

    private static long words(String keyword, JsonNode value) {
        require(
                value.isArray() && value.values().stream().allMatch(JsonNode::isString),
                keyword + " must be a list of names");
        return value.size();
    }

    private static String text(String keyword, JsonNode value) {
        require(value.isString(), keyword + " must be a text");
        return value.stringValue();
    }

    private static long expression(String pattern) {
        long cost = RegexCost.of(pattern);
        // The cost goes first: to compile a costly pattern is what has to be avoided.
        require(cost <= RegexCost.MAX_PER_POLICY, "has a regular expression that is too costly");
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException _) {
            throw wrong("has a pattern that is no RE2 regular expression");
        } catch (StackOverflowError _) {
            throw wrong("has a pattern that is nested too deeply");
        }
        return cost;
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw wrong(rule);
        }
    }

    private static IllegalArgumentException wrong(String rule) {
        return new IllegalArgumentException(rule);
    }
}
