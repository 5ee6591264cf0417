package dev.battlestream.local.scale.adapter;

import dev.battlestream.local.scale.ListedRun;
import dev.battlestream.local.scale.RunMember;
import dev.battlestream.local.scale.RunReport;
import dev.battlestream.local.scale.RunStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads the gateway's JSON about runs; what is absent gets a harmless value, what is new is passed
 * over.
 */
public final class RunJson {

    private RunJson() {}

    /** {@code GET /api/scale/{runId}/status} and the data of {@code status} and {@code ended}. */
    public static RunStatus status(JsonNode node) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        node.path("counts")
                .properties()
                .forEach(count -> counts.put(count.getKey(), count.getValue().asInt(0)));
        return new RunStatus(
                text(node, "runId"),
                text(node, "state"),
                node.path("total").asInt(0),
                node.path("completed").asInt(0),
                node.path("running").asInt(0),
                counts,
                new BigDecimal(node.path("costUsd").asString("0")),
                node.path("etaSeconds").isNumber()
                        ? Duration.ofSeconds(node.path("etaSeconds").asLong(0))
                        : null,
                optional(node, "endedReason"),
                optional(node.path("failure"), "class"),
                optional(node.path("failure"), "detail"));
    }

    /** {@code GET /api/scale/{runId}/report}. */
    public static RunReport report(JsonNode node) {
        List<RunMember> members = new ArrayList<>();
        node.path("members").forEach(member -> members.add(member(member)));
        return new RunReport(
                text(node, "runId"),
                text(node, "state"),
                text(node, "endedReason"),
                optional(node.path("failure"), "class"),
                optional(node.path("failure"), "detail"),
                node.path("total").asInt(0),
                members,
                time(node, "startedAt"),
                time(node, "endedAt"));
    }

    private static RunMember member(JsonNode node) {
        return new RunMember(
                node.path("index").asInt(0),
                text(node, "battleId"),
                optional(node, "variant"),
                optional(node, "reason"),
                optional(node, "failureClass"),
                node.path("turns").isInt() ? node.path("turns").asInt() : null,
                node.path("durationMs").isNumber()
                        ? Duration.ofMillis(node.path("durationMs").asLong(0))
                        : null);
    }

    /** One of {@code runs}. */
    public static ListedRun listed(JsonNode node) {
        return new ListedRun(
                text(node, "runId"),
                text(node, "state"),
                optional(node, "endedReason"),
                node.path("total").asInt(0),
                node.path("goals").isInt() ? node.path("goals").asInt() : null,
                node.path("costUsd").isString()
                        ? new BigDecimal(node.path("costUsd").asString("0"))
                        : null,
                time(node, "requestedAt"),
                time(node, "startedAt"),
                time(node, "endedAt"));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static @Nullable String optional(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.stringValue() : null;
    }

    private static @Nullable Instant time(JsonNode node, String field) {
        String text = optional(node, field);
        return text == null ? null : Instant.parse(text);
    }
}
