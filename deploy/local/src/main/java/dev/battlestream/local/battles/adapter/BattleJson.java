package dev.battlestream.local.battles.adapter;

import dev.battlestream.local.battles.BattleStatus;
import dev.battlestream.local.battles.ListedBattle;
import dev.battlestream.local.battles.Message;
import dev.battlestream.local.battles.Verdict;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the gateway's JSON; what is absent gets a harmless value, what is new is passed over. */
public final class BattleJson {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private BattleJson() {}

    /**
     * A JSON text.
     *
     * @throws GatewayException when it is none
     */
    public static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new GatewayException(
                    0, "no_json", "The gateway answered something that is no JSON");
        }
    }

    /** The text of a JSON value, indented. */
    public static String pretty(JsonNode node) {
        return node.toPrettyString();
    }

    /** {@code GET /api/battles/{id}} and the data of {@code status} and {@code ended}. */
    public static BattleStatus status(JsonNode node) {
        JsonNode usage = node.path("usage");
        JsonNode failure = node.path("failure");
        return new BattleStatus(
                text(node, "jobId"),
                text(node, "state"),
                node.path("turn").asInt(0),
                node.path("messageCount").asInt(0),
                optional(node, "endedReason"),
                optional(failure, "class"),
                optional(failure, "detail"),
                usage.path("tokensIn").asLong(0),
                usage.path("tokensOut").asLong(0),
                new BigDecimal(usage.path("costUsd").asString("0")),
                node.hasNonNull("nextCallUsd")
                        ? new BigDecimal(node.path("nextCallUsd").asString("0"))
                        : null);
    }

    /** One of {@code battles}. */
    public static ListedBattle listed(JsonNode node) {
        JsonNode cost = node.path("usage").path("costUsd");
        return new ListedBattle(
                text(node, "battleId"),
                text(node, "state"),
                optional(node, "endedReason"),
                optional(node.path("failure"), "class"),
                text(node, "agentId"),
                text(node, "model"),
                node.path("messageCount").isInt() ? node.path("messageCount").asInt() : null,
                cost.isString() ? new BigDecimal(cost.stringValue()) : null,
                time(node, "createdAt"),
                time(node, "startedAt"),
                time(node, "endedAt"));
    }

    private static @Nullable Instant time(JsonNode node, String field) {
        String text = optional(node, field);
        return text == null ? null : Instant.parse(text);
    }

    /** One of {@code messages} and the data of a {@code message} event. */
    public static Message message(JsonNode node) {
        return new Message(
                node.path("seq").asInt(0),
                node.path("turn").asInt(0),
                text(node, "role"),
                text(node, "content"),
                text(node, "model"),
                node.path("latencyMs").asLong(0));
    }

    /** One of {@code verdicts} and the data of a {@code verdict} event. */
    public static Verdict verdict(JsonNode node) {
        return new Verdict(
                node.path("turn").asInt(0),
                text(node, "verdict"),
                text(node, "decidedBy"),
                node.path("confidence").asDouble(0),
                text(node, "reason"),
                node.path("progress").isNumber() ? node.path("progress").doubleValue() : null);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private static @Nullable String optional(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() ? value.stringValue() : null;
    }
}
