package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A gateway without keys, and pages that call it. */
class OriginHttpTest {

    private static final String FRIEND = "https://app.example.com";

    private static final ReportDouble report = ReportDouble.started();
    private static final RunningGateway gateway =
            RunningGateway.start(
                    report.url(), Map.of("battlestream.access.allowed-origins", FRIEND));

    @BeforeAll
    static void ready() {
        gateway.awaitReady();
    }

    @AfterAll
    static void end() {
        gateway.close();
        report.close();
    }

    @Test
    void anAllowedPageMayAskAndReadWhatMatters() throws Exception {
        HttpResponse<String> preflight =
                CrossOrigin.preflight(gateway, FRIEND, "POST", "content-type,idempotency-key");
        HttpResponse<String> started = gateway.post("/api/battles/start", "{}", "Origin", FRIEND);

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Origin")).contains(FRIEND);
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Methods").orElse(""))
                .contains("POST");
        assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
                .contains("idempotency-key");
        assertThat(started.statusCode()).isEqualTo(202);
        assertThat(started.headers().firstValue("Access-Control-Allow-Origin")).contains(FRIEND);
        assertThat(started.headers().firstValue("Access-Control-Allow-Credentials")).isEmpty();
        assertThat(String.join(",", started.headers().allValues("Access-Control-Expose-Headers")))
                .contains(
                        "Location",
                        "X-Request-Id",
                        "Idempotency-Replayed",
                        "RateLimit",
                        "Retry-After",
                        "ETag");
    }

    @Test
    void aForeignPageIsRefusedBeforeAnythingHappens() throws Exception {
        for (String origin : List.of("https://evil.example", "http://localhost:3000", "null")) {
            UUID battle = UUID.randomUUID();
            HttpResponse<String> preflight =
                    CrossOrigin.preflight(gateway, origin, "POST", "content-type");
            HttpResponse<String> start =
                    gateway.post(
                            "/api/battles/start",
                            "{\"battleId\": \"%s\"}".formatted(battle),
                            "Origin",
                            origin);

            for (HttpResponse<String> refusal : List.of(preflight, start)) {
                assertThat(refusal.statusCode()).isEqualTo(403);
                assertThat(RunningGateway.json(refusal).get("code").asString())
                        .isEqualTo("origin_not_allowed");
                assertThat(refusal.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
            }
            assertThat(gateway.get("/api/battles/" + battle).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void thePagesOfTheGatewayItselfAreNotForeign() throws Exception {
        String own = "http://127.0.0.1:" + gateway.port();

        assertThat(gateway.get("/api/health", "Origin", own).body()).contains("\"broker\"");
    }

    @Test
    void aPageBehindTheSameProxyAsTheGatewayIsNotForeign() throws Exception {
        String proxy = "http://localhost:5173";

        assertThat(
                        gateway.post(
                                        "/api/battles/start",
                                        "{}",
                                        "Origin",
                                        proxy,
                                        "Sec-Fetch-Site",
                                        "same-origin")
                                .statusCode())
                .isEqualTo(202);
        assertThat(
                        gateway.post(
                                        "/api/battles/start",
                                        "{}",
                                        "Origin",
                                        proxy,
                                        "Sec-Fetch-Site",
                                        "same-site")
                                .statusCode())
                .isEqualTo(403);
    }

    @Test
    void withoutKeysAPublicNameIsNotAnswered() throws Exception {
        for (String host : List.of("evil.example", "evil.example:8080", "127.0.0.1.evil.example")) {
            assertThat(status(host)).as(host).isEqualTo("HTTP/1.1 421");
        }
        for (String host : List.of("localhost", "127.0.0.1:9", "[::1]:9", "app.localhost", "x")) {
            assertThat(status(host)).as(host).isEqualTo("HTTP/1.1 200");
        }
    }

    private static String status(String host) throws Exception {
        return RawHttp.exchange(
                        gateway.port(),
                        "GET /actuator/health/liveness HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
                                .formatted(host))
                .substring(0, 12);
    }

    @Test
    void dataIsNeitherSniffedNorKept() throws Exception {
        UUID unknown = UUID.randomUUID();
        for (String path :
                List.of("/api/health", "/api/battles/" + unknown, "/no/such/path", "/actuator")) {
            HttpResponse<String> response = gateway.get(path);

            assertThat(response.headers().allValues("X-Content-Type-Options"))
                    .as(path)
                    .containsExactly("nosniff");
            assertThat(response.headers().firstValue("Cache-Control"))
                    .as(path)
                    .contains("no-store");
            assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        }
        HttpResponse<String> started = gateway.post("/api/battles/start", "{}");
        assertThat(started.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(started.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'");
    }
}
