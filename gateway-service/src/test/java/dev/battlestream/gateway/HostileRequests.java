package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Random;

/** Makes requests that nobody should send, the same ones for the same seed. */
final class HostileRequests {

    private static final List<String> METHODS =
            List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "FOO");
    private static final List<String> PATHS =
            List.of(
                    "/api/battles/start",
                    "/api/battles/start?x=%s",
                    "/api/battles/%s",
                    "/api/battles/%s/status",
                    "/api/battles/%s/messages?sinceSeq=%s&limit=%s",
                    "/api/battles/%s/verdicts?sinceTurn=%s",
                    "/api/battles/%s/cancel",
                    "/api/battles/%s;x=1/status",
                    "/api/battles//..%%2f%s",
                    "/api/stream/17?after=%s",
                    "/%s",
                    "/error?%s");
    private static final List<String> PIECES =
            List.of(
                    "",
                    "0",
                    "-1",
                    "9".repeat(30),
                    "%00",
                    "%ff",
                    "%e2%82",
                    "%zz",
                    "{id}",
                    "..%2f..",
                    "%0d%0aX:y",
                    "x".repeat(3_000),
                    "0d9f6c1e-5a52-4e0a-9d3a-0c6a1a4b7e11");
    private static final List<String> HEADERS =
            List.of(
                    "X-Request-Id",
                    "traceparent",
                    "Last-Event-ID",
                    "Accept",
                    "Idempotency-Key",
                    "If-None-Match",
                    "Content-Encoding",
                    "Range",
                    "Prefer");
    private static final List<String> VALUES =
            List.of("", "-1", "*/*", "text/event-stream", "a,b;;q=x", "\u00e9", "x".repeat(300));
    private static final List<String> FIELDS =
            List.of(
                    "model",
                    "goal",
                    "opening",
                    "judge",
                    "validators",
                    "type",
                    "pattern",
                    "labels",
                    "battleId",
                    "budgetUsd",
                    "temperature",
                    "seed",
                    "messageLimit",
                    "opponent",
                    "fast",
                    "strong",
                    "__proto__",
                    "");
    private static final List<String> LITERALS =
            List.of(
                    "null",
                    "true",
                    "-3",
                    "7",
                    "1e400",
                    "\"\"",
                    "\"\\ud800\"",
                    "\"a:b\"",
                    "nul",
                    "{");

    private final Random random;

    HostileRequests(long seed) {
        random = new Random(seed);
    }

    /** A whole request, in characters of one byte each. */
    String next() {
        String method = one(METHODS);
        String path = one(PATHS);
        while (path.contains("%s")) {
            path = path.replaceFirst("%s", one(PIECES));
        }
        StringBuilder request =
                new StringBuilder("%s %s HTTP/1.1\r\n".formatted(method, path.replace("%%", "%")))
                        .append("Host: x\r\nConnection: close\r\n");
        if (random.nextInt(3) == 0) {
            request.append(one(HEADERS)).append(": ").append(one(VALUES)).append("\r\n");
        }
        if (method.startsWith("P")) {
            String body = random.nextInt(4) == 0 ? one(PIECES) : value(0);
            request.append("Content-Type: ")
                    .append(random.nextInt(6) == 0 ? one(VALUES) : "application/json")
                    .append("\r\nContent-Length: %d\r\n\r\n".formatted(body.getBytes(UTF_8).length))
                    .append(body);
        } else {
            request.append("\r\n");
        }
        return request.toString();
    }

    private String value(int depth) {
        StringBuilder json = new StringBuilder();
        switch (depth > 3 ? 2 : random.nextInt(4)) {
            case 0 -> {
                json.append('[');
                for (int i = random.nextInt(3); i > 0; i--) {
                    json.append(value(depth + 1)).append(i > 1 ? "," : "");
                }
                json.append(']');
            }
            case 1, 3 -> {
                json.append('{');
                for (int i = random.nextInt(5); i > 0; i--) {
                    json.append('"').append(one(FIELDS)).append("\":").append(value(depth + 1));
                    json.append(i > 1 ? "," : "");
                }
                json.append('}');
            }
            default -> json.append(one(LITERALS));
        }
        return json.toString();
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
