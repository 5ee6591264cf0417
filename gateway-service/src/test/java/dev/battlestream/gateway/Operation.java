package dev.battlestream.gateway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/**
 * A call as the OpenAPI document describes it.
 *
 * @param id the operationId
 * @param path with {@code {id}} where a battle is named, with {@code {runId}} where a run is
 */
record Operation(String id, String method, String path, JsonNode description) {

    static final String PROBLEM = "application/problem+json";

    static List<Operation> of(JsonNode document) {
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                operations.add(
                        new Operation(
                                method.getValue().path("operationId").asString(),
                                method.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                method.getValue()));
            }
        }
        return operations;
    }

    boolean isStream() {
        return id.startsWith("stream");
    }

    boolean isOfRuns() {
        return path.startsWith("/api/scale");
    }

    /** Of one battle or run. */
    String path(UUID id) {
        return pathOf(id.toString());
    }

    /** With something in the place of the id. */
    String pathOf(String id) {
        return path.replace("{id}", id).replace("{runId}", id);
    }

    JsonNode answer(int status) {
        return description.path("responses").path(Integer.toString(status));
    }

    /** The statuses that are described with a body of a media type, or without one. */
    List<Integer> statuses() {
        return description.path("responses").propertyNames().stream()
                .map(Integer::valueOf)
                .toList();
    }

    /** The problems that an answer of this status can be, with what is shown of them. */
    Map<String, JsonNode> problems(JsonNode document, int status) {
        Map<String, JsonNode> problems = new LinkedHashMap<>();
        answer(status)
                .path("content")
                .path(PROBLEM)
                .path("examples")
                .properties()
                .forEach(example ->
                        problems.put(
                                example.getKey(),
                                SchemaCheck.resolved(document, example.getValue()).path("value")));
        return problems;
    }

    @Override
    public String toString() {
        return id;
    }
}
