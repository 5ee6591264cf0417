package dev.battlestream.system;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An OpenAI-compatible server that answers badly for some models and then quotes in its answer, as
 * some do, the key it was called with and all that was said.
 */
final class EchoingProvider implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String reply;
    private final Map<String, String> authorizations = new ConcurrentHashMap<>();

    /**
     * Listens at a port of loopback.
     *
     * @param reply what its agents say
     */
    EchoingProvider(int port, String reply) throws IOException {
        this.reply = reply;
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    /** What came as Authorization, by the model that was asked. */
    Map<String, String> authorizations() {
        return Map.copyOf(authorizations);
    }

    private void answer(HttpExchange call) throws IOException {
        String body = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String model = JSON.readTree(body).path("model").asText();
        String authorization = call.getRequestHeaders().getFirst("Authorization");
        boolean first = authorizations.put(model, authorization) == null;
        String quoted = authorization + " " + body;
        switch (model) {
            case "denied" -> send(call, 401, "application/json", error(quoted, "invalid_api_key"));
            case "coded" -> send(call, 400, "application/json", error(quoted, authorization));
            case "garbage" -> send(call, 200, "text/" + key(authorization), quoted);
            case "broken-off" ->
                    send(
                            call,
                            200,
                            "text/event-stream",
                            event(chunk(reply)) + event(error(quoted, "server_error")));
            case "shaky", "shaky-judge" -> {
                if (first) {
                    call.getResponseHeaders().add("Retry-After", authorization);
                    send(call, 500, "application/json", error(quoted, "server_error"));
                } else {
                    send(call, 200, "text/event-stream", good(model));
                }
            }
            default -> send(call, 200, "text/event-stream", good(model));
        }
    }

    private static String key(String authorization) {
        return authorization.substring("Bearer ".length());
    }

    private static String error(String message, String code) {
        return text(Map.of("error", Map.of("message", message, "code", code, "type", code)));
    }

    private String good(String model) {
        String said =
                model.endsWith("judge")
                        ? text(
                                Map.of(
                                        "verdict", "no",
                                        "confidence", 0.8,
                                        "reason", "It goes on."))
                        : reply;
        return event(chunk(said))
                + event(
                        """
                        {"id":"1","object":"chat.completion.chunk","created":1,"model":"m",\
                        "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\
                        """)
                + event(
                        """
                        {"id":"1","object":"chat.completion.chunk","created":1,"model":"m",\
                        "choices":[],"usage":{"prompt_tokens":20,"completion_tokens":5,"total_tokens":25}}\
                        """)
                + event("[DONE]");
    }

    private static String chunk(String content) {
        JsonNode delta = JSON.valueToTree(Map.of("role", "assistant", "content", content));
        return """
        {"id":"1","object":"chat.completion.chunk","created":1,"model":"m",\
        "choices":[{"index":0,"delta":%s,"finish_reason":null}]}\
        """
                .formatted(delta);
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }

    private static void send(HttpExchange call, int status, String type, String body)
            throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try (call) {
            call.getResponseHeaders().add("Content-Type", type);
            call.getResponseHeaders()
                    .add(
                            "X-Called-With",
                            String.valueOf(call.getRequestHeaders().getFirst("Authorization")));
            call.sendResponseHeaders(status, bytes.length);
            call.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
