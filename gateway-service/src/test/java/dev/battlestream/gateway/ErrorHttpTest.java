package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorHttpTest extends HttpContract {

    @Test
    void brokenJsonIsToldWithItsPlace() throws Exception {
        for (String body : List.of("{", "{\"a\":1,}", "{}{}", "{\"goal\":1,\"goal\":2}")) {
            HttpResponse<String> response = gateway.post("/api/battles/start", body);
            assertProblem(response, 400, "malformed_json", "/api/battles/start");
            assertThat(RunningGateway.json(response).get("detail").asString())
                    .as(body)
                    .startsWith("The body cannot be read as JSON, at line 1, column ");
        }
        assertProblem(
                gateway.post("/api/battles/start", "[".repeat(50_000)),
                400,
                "malformed_json",
                "/api/battles/start");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws Exception {
        String body = "{\"goal\":\"" + "x".repeat(900_000) + "\"}";

        assertProblem(
                gateway.post("/api/battles/start", body),
                413,
                "body_too_large",
                "/api/battles/start");
        assertProblem(
                gateway.send(
                        gateway.request("/api/battles/start")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(body)))),
                413,
                "body_too_large",
                "/api/battles/start");
    }

    @Test
    void whoIsStillSendingGetsItsAnswerBeforeTheConnectionEnds() throws Exception {
        byte[] body = new byte[6 * 1024 * 1024];
        Arrays.fill(body, (byte) ' ');
        for (String path : List.of("/api/battles/start", "/api/nothing")) {
            String head =
                    "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                            .formatted(path, body.length);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
                socket.setSoTimeout(10_000);
                socket.getOutputStream().write(head.getBytes(ISO_8859_1));
                socket.getOutputStream().write(body);
                String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
                assertThat(answer).startsWith("HTTP/1.1 4").contains("Connection: close");
            }
        }
    }

    @Test
    void theConnectionEndsOnlyWhenTheBodyWasNotRead() throws Exception {
        UUID unknown = UUID.randomUUID();
        String head = "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\n%s\r\n%s";
        String chunked = "Transfer-Encoding: chunked\r\n";
        for (String unread :
                List.of(
                        head.formatted(
                                "/api/battles/start", "text/plain", "Content-Length: 5\r\n", ""),
                        head.formatted(
                                "/api/battles/start",
                                "application/json",
                                "Content-Length: 900001\r\n",
                                ""),
                        head.formatted("/api/nothing", "application/json", chunked, ""),
                        head.formatted(
                                "/api/battles/" + unknown + "/cancel",
                                "application/json",
                                "Content-Length: 2\r\n",
                                "{"))) {
            String answer = RawHttp.exchange(gateway.port(), unread);
            assertThat(answer).as(unread).startsWith("HTTP/1.1 4").contains("Connection: close");
        }
        String read =
                head.formatted(
                        "/api/battles/start", "application/json", "Content-Length: 1\r\n", "{");
        String last = "GET /api/nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        String both = RawHttp.exchange(gateway.port(), read + last);
        assertThat(both).containsSubsequence("HTTP/1.1 400", "HTTP/1.1 404");
    }

    @Test
    void aBodyThatStallsIsTheCallersFault() throws Exception {
        // The server gives up after its idle time-out.
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write(
                            "POST /api/battles/start HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"
                                    .getBytes(ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("\"code\":\"malformed_request\"");
        }
    }

    @Test
    void traceTellsNobodyWhatWasSent() throws Exception {
        String answer =
                RawHttp.exchange(
                        gateway.port(),
                        "TRACE /api/battles HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nX-API-Key: planted-key\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 405")
                .contains("\"code\":\"method_not_allowed\"")
                .doesNotContain("planted-key");
    }

    @Test
    void anUnknownVersionOfHttpIsTheCallersFault() throws Exception {
        assertThat(
                        RawHttp.exchange(
                                gateway.port(),
                                "GET /api/battles HTTP/9.9\r\nHost: localhost\r\n\r\n"))
                .contains(" 400 ")
                .contains("\"code\":\"malformed_request\"");
    }

    @Test
    void aPatternThatExhaustsTheStackIsRefused() throws Exception {
        for (String pattern : List.of("a{0,1000}", "[\\\\p{L}\\\\p{N}]{1,1000}")) {
            assertThat(
                            gateway.post(
                                            "/api/battles/start",
                                            "{\"judge\":{\"validators\":[{\"type\":\"regex\",\"pattern\":\"%s\"}]}}"
                                                    .formatted(pattern))
                                    .statusCode())
                    .as(pattern)
                    .isEqualTo(400);
        }
    }

    @Test
    void otherMediaTypesMethodsAndPathsAreProblemsToo() throws Exception {
        assertProblem(
                gateway.send(
                        gateway.request("/api/battles/start")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("{}"))),
                415,
                "unsupported_media_type",
                "/api/battles/start");
        HttpResponse<String> method = gateway.get("/api/battles/" + UUID.randomUUID() + "/cancel");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow")).contains("POST");
        assertThat(RunningGateway.json(method).get("code").asString())
                .isEqualTo("method_not_allowed");
        for (String path : List.of("/", "/api", "/api/unknown", "/favicon.ico", "/error")) {
            assertProblem(gateway.get(path), 404, "unknown_path", path);
        }
        UUID id = UUID.randomUUID();
        report.battle(id);
        assertProblem(
                gateway.get("/api/battles/" + id, "Accept", "image/png"),
                406,
                "not_acceptable",
                "/api/battles/" + id);
    }

    @Test
    void whatIsNoHttpIsAnsweredByAProblemAsWell() throws Exception {
        for (String request :
                List.of(
                        "GET /api/battles/a|b{c} HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /api/battles/%00 HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET / HTTP/1.1\r\n\r\n")) {
            String answer = RawHttp.exchange(gateway.port(), request);
            assertThat(answer)
                    .as(request)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json")
                    .contains("\"code\":\"malformed_request\"")
                    .containsIgnoringCase("X-Request-Id: ")
                    .contains("Connection: close")
                    .doesNotContain("Jetty")
                    .doesNotContain("<html");
        }
    }

    @Test
    void hostileRequestsAreAnsweredByProblemsAndNeverByAFailure() throws Exception {
        HostileRequests hostile = new HostileRequests(7);
        for (int i = 0; i < 600; i++) {
            String request = hostile.next();
            String answer = RawHttp.exchange(gateway.port(), request);
            String asked = "request %d: %s".formatted(i, request);
            assertThat(answer).as(asked).matches("(?s)HTTP/1\\.1 [234]\\d\\d.*");
            assertThat(answer).as(asked).containsIgnoringCase("X-Request-Id: ");
            if (answer.startsWith("HTTP/1.1 4")) {
                assertThat(answer).as(asked).contains("Content-Type: application/problem+json");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " → ",
            value = {
                "/api/battles → GET",
                "/api/battles/start → POST",
                "/api/battles/{id} → GET",
                "/api/battles/{id} → DELETE",
                "/api/battles/{id}/status → GET",
                "/api/battles/{id}/messages → GET",
                "/api/battles/{id}/verdicts → GET",
                "/api/battles/{id}/cancel → POST",
                "/api/battles/{id}/stream → GET",
                "/api/stream/{id} → GET",
                "/api/health → GET",
                "/asyncapi.yaml → GET"
            })
    void aMethodThatAPathDoesNotKnowIsToldTheOneThatItDoes(String path, String known)
            throws Exception {
        String asked = path.replace("{id}", UUID.randomUUID().toString());
        boolean deletable = path.matches("/api/battles/[^/]+");
        for (String method :
                deletable ? List.of("PUT", "PATCH") : List.of("PUT", "PATCH", "DELETE")) {
            HttpResponse<String> answer =
                    gateway.send(gateway.request(asked).method(method, BodyPublishers.noBody()));

            assertProblem(answer, 405, "method_not_allowed", asked);
            assertThat(answer.headers().firstValue("Allow").orElse("")).contains(known);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/unknown",
                "/api/health",
                "/api/battles",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/actuator/prometheus",
                "/actuator/env",
                "/v3/api-docs",
                "/v3/api-docs.yaml",
                "/swagger-ui/index.html",
                "/swagger-ui.html",
                "/asyncapi.yaml"
            })
    void everyAnswerCarriesARequestId(String path) throws Exception {
        HttpResponse<String> taken = gateway.get(path, "X-Request-Id", "mine-1");
        HttpResponse<String> made = gateway.get(path, "X-Request-Id", "not sane");

        assertThat(taken.headers().allValues("X-Request-Id")).containsExactly("mine-1");
        String id = made.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(UUID.fromString(id)).isNotNull();
        if (taken.statusCode() == 404) {
            assertThat(RunningGateway.json(taken).get("requestId").asString()).isEqualTo("mine-1");
            assertThat(RunningGateway.json(made).get("requestId").asString()).isEqualTo(id);
        }
    }
}
