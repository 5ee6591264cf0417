package dev.battlestream.gateway;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes requests from the OpenAPI document, the same ones for the same seed: about half of them as
 * the document asks for, the others with something wrong in them.
 */
final class DocumentRequests {

    private static final List<String> NONSENSE =
            List.of(
                    "",
                    "-1",
                    "0",
                    "9".repeat(30),
                    "1e9",
                    "null",
                    "{}",
                    "\u0000",
                    "\ud83d\ude00",
                    "' OR 1=1 --",
                    "../../etc/passwd",
                    "x".repeat(2_000));

    /** One that is chosen cannot be chosen again. */
    private static final Set<String> IDS = Set.of("battleId", "runId");

    /**
     * A request.
     *
     * @param operation path and method as the document has them
     * @param path with the query
     * @param body null for none
     */
    record Case(
            String operation,
            String method,
            String path,
            Map<String, String> headers,
            @Nullable String body) {}

    private record Operation(String path, String method, JsonNode description) {}

    private final Random random;
    private final JsonNode schemas;
    private final List<Operation> operations = new ArrayList<>();
    private final List<String> battles;
    private final List<String> runs;

    /**
     * @param battles ids that are known
     * @param runs the same of runs
     */
    DocumentRequests(JsonNode document, long seed, List<String> battles, List<String> runs) {
        this.random = new Random(seed);
        this.schemas = document.path("components").path("schemas");
        this.battles = List.copyOf(battles);
        this.runs = List.copyOf(runs);
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue()
                                .properties()
                                .forEach(method ->
                                        operations.add(
                                                new Operation(
                                                        path.getKey(),
                                                        method.getKey(),
                                                        method.getValue()))));
    }

    Case next() {
        Operation operation = one(operations);
        boolean right = random.nextBoolean();
        String path = operation.path();
        List<String> query = new ArrayList<>();
        Map<String, String> headers = new HashMap<>();
        for (JsonNode parameter : operation.description().path("parameters")) {
            String name = parameter.path("name").asString();
            String value = right || random.nextInt(3) > 0 ? value(parameter) : one(NONSENSE);
            switch (parameter.path("in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(value));
                case "query" -> {
                    if (random.nextBoolean()) {
                        query.add(encoded(name) + "=" + encoded(value));
                    }
                }
                case "header" -> {
                    if (random.nextInt(4) == 0) {
                        headers.put(name, printable(value));
                    }
                }
                default -> throw new IllegalStateException("parameter " + name);
            }
        }
        String body = null;
        if (operation.description().has("requestBody")) {
            JsonNode json = body(bodySchema(operation));
            body = (right ? json : broken(json)).toString();
            if (!right && random.nextInt(8) == 0) {
                body = body.substring(0, random.nextInt(body.length()));
            }
            headers.put("Content-Type", "application/json");
        }
        return new Case(
                operation.path() + " " + operation.method(),
                operation.method().toUpperCase(Locale.ROOT),
                query.isEmpty() ? path : path + "?" + String.join("&", query),
                headers,
                body);
    }

    private JsonNode bodySchema(Operation operation) {
        String reference =
                operation
                        .description()
                        .at("/requestBody/content/application~1json/schema/$ref")
                        .asString();
        return schemas.path(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private String value(JsonNode parameter) {
        return switch (parameter.path("name").asString()) {
            case "id" -> id(battles);
            case "runId" -> id(runs);
            case "Prefer" -> "wait=1";
            default -> text(parameter.path("schema"));
        };
    }

    private String id(List<String> known) {
        return random.nextInt(4) == 0
                ? new UUID(random.nextLong(), random.nextLong()).toString()
                : one(known);
    }

    private String text(JsonNode schema) {
        JsonNode value = body(schema);
        return value.isString() ? value.asString() : value.toString();
    }

    /** A value that the schema allows. */
    private JsonNode body(JsonNode schema) {
        var json = RunningGateway.JSON;
        if (schema.has("enum")) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        return switch (schema.path("type").asString("string")) {
            case "object" -> {
                ObjectNode object = json.createObjectNode();
                schema.path("properties")
                        .properties()
                        .forEach(property -> {
                            if (random.nextInt(3) == 0 && !IDS.contains(property.getKey())) {
                                object.set(property.getKey(), body(property.getValue()));
                            }
                        });
                for (JsonNode required : schema.path("required")) {
                    object.set(
                            required.asString(),
                            body(schema.path("properties").path(required.asString())));
                }
                yield object;
            }
            case "array" -> {
                ArrayNode array = json.createArrayNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    array.add(body(schema.path("items")));
                }
                yield array;
            }
            case "integer" -> {
                int from = schema.path("minimum").asInt(0);
                int to = schema.path("maximum").asInt(1_000);
                yield json.getNodeFactory().numberNode(from + random.nextInt(to - from + 1));
            }
            case "boolean" -> json.getNodeFactory().booleanNode(random.nextBoolean());
            case "number" -> json.getNodeFactory().numberNode(random.nextInt(3) / 2.0);
            default -> json.getNodeFactory().stringNode(string(schema));
        };
    }

    private String string(JsonNode schema) {
        if (schema.path("format").asString("").equals("date-time")) {
            return "2026-01-%02dT00:00:00Z".formatted(1 + random.nextInt(28));
        }
        if (schema.path("pattern").asString("").contains(":")) {
            return "scripted:instant";
        }
        if (schema.path("pattern").asString("").startsWith("^[0-9]")) {
            return "0." + (1 + random.nextInt(9));
        }
        return "word".repeat(1 + random.nextInt(5));
    }

    /** The same with one thing wrong somewhere. */
    private JsonNode broken(JsonNode right) {
        ObjectNode object = (ObjectNode) right.deepCopy();
        List<String> names = new ArrayList<>(object.propertyNames());
        String name =
                names.isEmpty() || random.nextInt(5) == 0
                        ? one(List.of("unknown", "__proto__", "judge", "model", "goal"))
                        : one(names);
        switch (random.nextInt(5)) {
            case 0 -> object.put(name, one(NONSENSE));
            case 1 -> object.put(name, -random.nextInt());
            case 2 -> object.putNull(name);
            case 3 -> object.putArray(name).add(one(NONSENSE)).addObject();
            default -> object.putObject(name).put(one(NONSENSE), true);
        }
        return object;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** What a client library lets through in a header. */
    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?").strip();
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}
