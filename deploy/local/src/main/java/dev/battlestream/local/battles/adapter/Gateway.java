package dev.battlestream.local.battles.adapter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.battlestream.local.battles.BattleStatus;
import dev.battlestream.local.battles.Message;
import dev.battlestream.local.battles.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The gateway's REST interface. */
public final class Gateway implements AutoCloseable {

    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);
    private static final int PAGE = 200;

    private final String base;
    private final String key;
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();

    /**
     * @param base such as {@code http://127.0.0.1:8080}
     * @param key API key; empty where the gateway asks for none
     */
    public Gateway(String base, String key) {
        this.base = base;
        this.key = key.strip();
    }

    /** An empty body for {@link #start}. */
    public static ObjectNode body() {
        return BattleJson.MAPPER.createObjectNode();
    }

    /**
     * Starts a battle.
     *
     * @param idempotencyKey the same key and body answer the same battle
     * @return the gateway's answer; {@code battleId} names the battle
     * @throws GatewayException when it refuses
     */
    public JsonNode start(JsonNode body, @Nullable String idempotencyKey) {
        HttpRequest.Builder request =
                request("/api/battles/start")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        if (idempotencyKey != null) {
            request.header("Idempotency-Key", idempotencyKey);
        }
        return answer(request);
    }

    /**
     * What a battle would cost at most; nothing is started. Asked of the runner.
     *
     * @throws GatewayException when it refuses
     */
    public JsonNode estimate(JsonNode body) {
        return answer(
                request("/internal/estimate")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** Asks for a battle's end. */
    public JsonNode cancel(UUID id) {
        return answer(
                request("/api/battles/" + id + "/cancel")
                        .POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** Deletes a battle that has ended. */
    public JsonNode delete(UUID id) {
        return answer(request("/api/battles/" + id).DELETE());
    }

    /**
     * A page of battles, newest first.
     *
     * @param parameters such as state or limit, by name
     */
    public JsonNode list(Map<String, String> parameters) {
        return answer(request("/api/battles?" + query(parameters)).GET());
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(given -> given.getKey() + "=" + URLEncoder.encode(given.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /**
     * Starts a scale run.
     *
     * @return the gateway's answer; {@code runId} names the run
     * @throws GatewayException when it refuses
     */
    public JsonNode startRun(JsonNode body) {
        return answer(
                request("/api/scale/start")
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    /** How a run is doing. */
    public JsonNode runStatus(UUID runId) {
        return answer(request("/api/scale/" + runId + "/status").GET());
    }

    /**
     * A run's report.
     *
     * @param format json, html or csv
     * @param partial also while the run goes on
     * @throws GatewayException when it refuses, such as with code {@code report_not_final}
     */
    public String runReport(UUID runId, String format, boolean partial) {
        return text(
                keyed("/api/scale/%s/report?format=%s&partial=%s".formatted(runId, format, partial))
                        .timeout(CALL_LIMIT)
                        .GET());
    }

    /** Asks for a run's end. */
    public JsonNode cancelRun(UUID runId) {
        return answer(
                request("/api/scale/" + runId + "/cancel")
                        .POST(HttpRequest.BodyPublishers.noBody()));
    }

    /**
     * A page of runs, newest first.
     *
     * @param parameters such as state or limit, by name
     */
    public JsonNode listRuns(Map<String, String> parameters) {
        return answer(request("/api/scale?" + query(parameters)).GET());
    }

    /** How a battle is doing. */
    public JsonNode status(UUID id) {
        return answer(request("/api/battles/" + id).GET());
    }

    /** The same, read. */
    public BattleStatus statusOf(UUID id) {
        return BattleJson.status(status(id));
    }

    /** A page of messages that come after a sequence number. */
    public JsonNode messages(UUID id, int sinceSeq, int limit) {
        return answer(
                request(
                                "/api/battles/%s/messages?sinceSeq=%d&limit=%d"
                                        .formatted(id, sinceSeq, limit))
                        .GET());
    }

    /** A page of verdicts that come after a turn. */
    public JsonNode verdicts(UUID id, int sinceTurn, int limit) {
        return answer(
                request(
                                "/api/battles/%s/verdicts?sinceTurn=%d&limit=%d"
                                        .formatted(id, sinceTurn, limit))
                        .GET());
    }

    /** Every message there is now. */
    public List<Message> allMessages(UUID id) {
        List<Message> all = new ArrayList<>();
        JsonNode page = messages(id, 0, PAGE);
        page.path("messages").forEach(node -> all.add(BattleJson.message(node)));
        while (page.path("messages").size() == PAGE) {
            page = messages(id, page.path("nextSeq").asInt(Integer.MAX_VALUE), PAGE);
            page.path("messages").forEach(node -> all.add(BattleJson.message(node)));
        }
        return all;
    }

    /** Every verdict there is now; a battle has at most 25. */
    public List<Verdict> allVerdicts(UUID id) {
        List<Verdict> all = new ArrayList<>();
        verdicts(id, 0, PAGE).path("verdicts").forEach(node -> all.add(BattleJson.verdict(node)));
        return all;
    }

    /**
     * Opens a battle's stream.
     *
     * @param after the cursor of the last event that was read
     * @throws IOException when the connection cannot be made
     * @throws GatewayException when the gateway refuses
     */
    InputStream stream(UUID id, Optional<String> after) throws IOException {
        return events("/api/stream/" + id, after);
    }

    /** Opens a run's stream; as {@link #stream}. */
    public InputStream runStream(UUID runId, Optional<String> after) throws IOException {
        return events("/api/scale/" + runId + "/stream", after);
    }

    private InputStream events(String path, Optional<String> after) throws IOException {
        HttpRequest.Builder request = keyed(path).header("Accept", "text/event-stream");
        after.ifPresent(cursor -> request.header("Last-Event-ID", cursor));
        try {
            HttpResponse<InputStream> response =
                    http.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                try (InputStream body = response.body()) {
                    throw refusal(response.statusCode(), new String(body.readAllBytes(), UTF_8));
                }
            }
            return response.body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return keyed(path)
                .timeout(CALL_LIMIT)
                .header("Accept", "application/json, application/problem+json");
    }

    private HttpRequest.Builder keyed(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        return key.isEmpty() ? request : request.header("X-API-Key", key);
    }

    private JsonNode answer(HttpRequest.Builder request) {
        return BattleJson.parse(text(request));
    }

    private String text(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw refusal(response.statusCode(), response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new GatewayException(
                    GatewayException.UNREACHABLE,
                    "",
                    "The gateway at %s does not answer; ./battlestream up starts it, ./battlestream status shows what runs"
                            .formatted(base));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException(GatewayException.UNREACHABLE, "", "Interrupted");
        }
    }

    private static GatewayException refusal(int status, String body) {
        try {
            JsonNode problem = BattleJson.MAPPER.readTree(body);
            StringBuilder message =
                    new StringBuilder(problem.path("title").asString("The gateway refused"));
            String detail = problem.path("detail").asString("");
            if (!detail.isEmpty() && problem.path("errors").isEmpty()) {
                message.append(": ").append(detail);
            }
            for (JsonNode error : problem.path("errors")) {
                message.append("\n  ")
                        .append(error.path("field").asString(""))
                        .append(": ")
                        .append(error.path("message").asString(""));
            }
            return new GatewayException(
                    status, problem.path("code").asString(""), message.toString());
        } catch (JacksonException e) {
            return new GatewayException(status, "", "The gateway answered " + status);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
