package dev.battlestream.gateway;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Holds JSON against a schema of an OpenAPI document. Stricter than the standard: a property that
 * the schema does not name is a fault.
 */
final class SchemaCheck {

    /**
     * What was found.
     *
     * @param faults where the value is not what the schema says
     * @param fields the place of every value; {@code []} in an array, {@code *} in a map
     */
    record Result(List<String> faults, Set<String> fields) {}

    private final JsonNode document;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> fields = new TreeSet<>();

    private SchemaCheck(JsonNode document) {
        this.document = document;
    }

    static Result of(JsonNode document, JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck(document);
        check.walk(schema, value, "$");
        return new Result(check.faults, check.fields);
    }

    /** What stands at a reference such as {@code #/components/schemas/Problem}; else itself. */
    static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asString().substring(1)) : node;
    }

    private void walk(JsonNode reference, JsonNode value, String at) {
        JsonNode schema = resolved(document, reference);
        if (schema.has("oneOf")) {
            for (JsonNode one : schema.path("oneOf")) {
                Result result = of(document, one, value);
                if (result.faults().isEmpty()) {
                    fields.addAll(result.fields());
                    return;
                }
            }
            faults.add(at + " is none of those allowed");
            return;
        }
        fields.add(at);
        if (schema.has("enum") && !schema.path("enum").valueStream().toList().contains(value)) {
            faults.add(at + " is none of its enum: " + value);
        }
        boolean typed =
                switch (schema.path("type").asString("")) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isString() && formatted(schema, value.asString());
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    default -> false;
                };
        if (!typed) {
            faults.add("%s is no %s: %s".formatted(at, schema.path("type"), value));
        } else if (value.isObject()) {
            walkObject(schema, value, at);
        } else if (value.isArray()) {
            value.forEach(item -> walk(schema.path("items"), item, at + "[]"));
        }
    }

    private void walkObject(JsonNode schema, JsonNode value, String at) {
        for (JsonNode name : schema.path("required")) {
            if (!value.has(name.asString())) {
                faults.add("%s lacks %s".formatted(at, name));
            }
        }
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            JsonNode known = schema.path("properties").path(property.getKey());
            if (known.isObject()) {
                walk(known, property.getValue(), at + "." + property.getKey());
            } else if (schema.path("additionalProperties").isObject()) {
                walk(schema.path("additionalProperties"), property.getValue(), at + ".*");
            } else {
                faults.add("%s has %s".formatted(at, property.getKey()));
            }
        }
    }

    private static boolean formatted(JsonNode schema, String text) {
        return switch (schema.path("format").asString("")) {
            case "uuid" -> text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            case "date-time" -> isInstant(text);
            default -> true;
        };
    }

    private static boolean isInstant(String text) {
        try {
            return Instant.parse(text).isAfter(Instant.EPOCH);
        } catch (DateTimeParseException _) {
            return false;
        }
    }
}
