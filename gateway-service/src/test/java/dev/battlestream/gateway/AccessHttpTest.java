package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.schemas.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A gateway that asks for keys. */
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class AccessHttpTest {

    private static final String READ = "bsk_read-PLANTED-secret-of-a-viewer";
    private static final String START = "bsk_start-PLANTED-secret-of-a-pipeline";
    private static final String ADMIN = "bsk_admin-PLANTED-secret-of-an-operator";
    private static final String WRONG = "bsk_wrong-PLANTED-secret-of-nobody";

    private final ReportDouble report = ReportDouble.started();
    private RunningGateway gateway;

    @BeforeAll
    void asksForKeys() throws Exception {
        Map<String, String> settings = new HashMap<>();
        key(settings, 0, "viewer", "read", READ);
        key(settings, 1, "pipeline", "read,start", START);
        key(settings, 2, "operator", "admin", ADMIN);
        settings.put("logging.level.dev.battlestream", "debug");
        // With keys it may listen anywhere.
        settings.put("server.address", "0.0.0.0");
        settings.put("battlestream.access.allowed-origins", "https://app.example.com");
        gateway = RunningGateway.start(report.url(), settings);
        gateway.awaitReady();
    }

    @AfterAll
    void end() {
        gateway.close();
        report.close();
    }

    private static void key(
            Map<String, String> settings, int index, String name, String scopes, String key)
            throws Exception {
        String prefix = "battlestream.access.keys[%d].".formatted(index);
        byte[] hash =
                MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        settings.put(prefix + "name", name);
        settings.put(prefix + "scopes", scopes);
        settings.put(prefix + "hash", "sha256:" + HexFormat.of().formatHex(hash));
    }

    private static void assertRefused(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(RunningGateway.json(response).get("code").asString()).isEqualTo(code);
        assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/battles/00000000-0000-4000-8000-000000000001",
                "/api/health",
                "/actuator/prometheus",
                "/actuator/health",
                "/%61ctuator/prometheus",
                "/actuator/health/liveness/..;/../prometheus",
                "/actuator/health/readiness/publisher",
                "/no/such/path",
                "/"
            })
    void withoutAKeyThereIsAChallenge(String path) throws Exception {
        HttpResponse<String> response = gateway.get(path);

        if (response.statusCode() != 400) {
            assertRefused(response, 401, "unauthorized");
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .contains("Bearer realm=\"battlestream\"");
        }
    }

    @Test
    void aKeyThatNobodyHasIsChallengedToo() throws Exception {
        HttpResponse<String> response = gateway.get("/api/health", "X-API-Key", WRONG);

        assertRefused(response, 401, "unauthorized");
        assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
                .contains("error=\"invalid_token\"");
        assertRefused(
                gateway.get("/api/health", "Authorization", "Basic dXNlcjpwYXNz"),
                401,
                "unauthorized");
        // One wrong key is not made good by a right one elsewhere.
        assertRefused(
                gateway.get("/api/health", "X-API-Key", WRONG, "Authorization", "Bearer " + ADMIN),
                401,
                "unauthorized");
    }

    @Test
    void bothHeadersCarryAKey() throws Exception {
        assertThat(gateway.get("/api/health", "X-API-Key", READ).body()).contains("\"broker\"");
        assertThat(gateway.get("/api/health", "Authorization", "bearer " + READ).body())
                .contains("\"broker\"");
    }

    @Test
    void aKeyWithoutTheScopeIsForbidden() throws Exception {
        UUID battle = UUID.randomUUID();

        assertRefused(
                gateway.post("/api/battles/start", "{}", "X-API-Key", READ), 403, "forbidden");
        assertRefused(
                gateway.post("/api/battles/%s/cancel".formatted(battle), "", "X-API-Key", READ),
                403,
                "forbidden");
        assertRefused(
                gateway.delete("/api/battles/" + battle, "X-API-Key", START), 403, "forbidden");
        assertRefused(gateway.get("/actuator/prometheus", "X-API-Key", START), 403, "forbidden");
        assertRefused(gateway.get("/no/such/path", "X-API-Key", START), 403, "forbidden");
    }

    @Test
    void theScopesAllowWhatTheySay() throws Exception {
        assertThat(gateway.post("/api/battles/start", "{}", "X-API-Key", START).statusCode())
                .isEqualTo(202);
        assertThat(gateway.post("/api/battles/start", "{}", "X-API-Key", ADMIN).statusCode())
                .isEqualTo(202);
        assertThat(
                        gateway.delete("/api/battles/" + UUID.randomUUID(), "X-API-Key", ADMIN)
                                .statusCode())
                .isEqualTo(404);
        assertThat(gateway.get("/actuator/prometheus", "X-API-Key", ADMIN).statusCode())
                .isEqualTo(200);
        assertRefused(gateway.get("/no/such/path", "X-API-Key", ADMIN), 404, "unknown_path");
    }

    @Test
    void limitsCountForTheOwnerOfTheKeyWhateverTheAddress() throws Exception {
        UUID battle = UUID.randomUUID();
        String body = "{\"battleId\": \"%s\"}".formatted(battle);
        assertThat(gateway.post("/api/battles/start", body, "X-API-Key", START).statusCode())
                .isEqualTo(202);

        assertThat(RequestLog.of(Topics.BATTLE_REQUESTS, battle))
                .singleElement()
                .extracting(record -> record.value().getClientId())
                .isEqualTo("key:pipeline");
    }

    @Test
    void probesNeedNoKey() throws Exception {
        assertThat(gateway.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    @Test
    void aStreamTakesAReadersKeyFromItsUrlAndNothingElseDoes() throws Exception {
        String stream = "/api/stream/%s?access_token=".formatted(UUID.randomUUID());

        assertRefused(gateway.get(stream + READ), 404, "battle_not_found");
        assertRefused(gateway.get(stream + START), 403, "forbidden");
        assertRefused(gateway.get(stream + ADMIN), 403, "forbidden");
        assertRefused(gateway.get(stream + WRONG), 401, "unauthorized");
        assertRefused(gateway.get("/api/health?access_token=" + READ), 401, "unauthorized");
        assertRefused(
                gateway.post("/api/battles/start?access_token=" + START, "{}"),
                401,
                "unauthorized");
    }

    @Test
    void aPreflightNeedsNoKeyAndARefusalCanBeReadByThePage() throws Exception {
        HttpResponse<String> preflight =
                CrossOrigin.preflight(gateway, "https://app.example.com", "POST", "x-api-key");
        HttpResponse<String> refusal =
                CrossOrigin.get(gateway, "/api/health", "https://app.example.com");

        assertThat(preflight.statusCode()).isEqualTo(200);
        assertThat(refusal.statusCode()).isEqualTo(401);
        assertThat(refusal.headers().firstValue("Access-Control-Allow-Origin"))
                .contains("https://app.example.com");
    }

    @Test
    void noKeyIsEverInALog(CapturedOutput output) throws Exception {
        for (String key : new String[] {READ, START, ADMIN, WRONG}) {
            gateway.get("/api/health", "X-API-Key", key);
            gateway.get("/api/health", "Authorization", "Bearer " + key);
            gateway.get("/api/health", "Authorization", key);
            gateway.post("/api/battles/start", "{\"model\": 7}", "X-API-Key", key);
            gateway.post("/api/battles/start", "{", "X-API-Key", key);
            gateway.get("/api/stream/%s?access_token=%s".formatted(UUID.randomUUID(), key));
            gateway.get("/api/stream/no-id?access_token=" + key);
            gateway.get("/no/such/path?access_token=" + key);
            RawHttp.exchange(
                    gateway.port(),
                    "GET /api/stream/|?access_token=%s HTTP/1.1\r\nHost: x\r\n\r\n".formatted(key));
            RawHttp.exchange(
                    gateway.port(),
                    "GET /api/health HTTP/1.1\r\nHost: x\r\nX-API-Key: %s\r\nBroken header\r\n\r\n"
                            .formatted(key));
        }
        String metrics = gateway.get("/actuator/prometheus", "X-API-Key", ADMIN).body();

        assertThat(output.getAll()).contains("GET - 401 ").doesNotContain("PLANTED");
        assertThat(metrics).contains("unauthorized").doesNotContain("PLANTED");
    }
}
