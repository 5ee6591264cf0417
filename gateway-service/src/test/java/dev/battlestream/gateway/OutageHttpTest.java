package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.TopicCreation;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutageHttpTest {

    private static final String BROKER = "broker_unavailable";
    private static final String NOBODY = "127.0.0.1:9";

    private static final List<String> HANGING =
            List.of(
                    "/broker/status",
                    "/database/status",
                    "/registry/status",
                    "/services/report/status",
                    "/services/runner/status",
                    "/services/judge/status",
                    "/workers/runner/status");

    private ReportDouble report;

    @BeforeEach
    void start() throws IOException {
        report = new ReportDouble();
    }

    @AfterEach
    void stop() {
        report.close();
    }

    @Test
    void withoutABrokerAStartIsKeptInBoundedTimeAndReadsGoOn() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("hello");
        try (RunningGateway gateway =
                RunningGateway.start(
                        report.url(),
                        Map.of(
                                "spring.kafka.bootstrap-servers",
                                NOBODY,
                                "battlestream.publish-timeout",
                                "500ms"))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> gateway.post("/api/battles/start", "{}").statusCode() == 202);
            long begin = System.nanoTime();
            HttpResponse<String> start = gateway.post("/api/battles/start", "{}");
            assertThat(start.statusCode()).as(start.body()).isEqualTo(202);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(5));
            assertPassing(gateway.post("/api/battles/" + id + "/cancel", ""), BROKER);
            assertThat(gateway.get("/api/battles/" + id).statusCode()).isEqualTo(200);
            assertThat(gateway.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(gateway.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            HttpResponse<String> health = gateway.get("/api/health");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(RunningGateway.json(health).at("/broker/status").asString())
                    .isEqualTo("down");
        }
    }

    @Test
    void withoutARegistryAStartIsKeptInBoundedTime() throws Exception {
        try (RunningGateway gateway =
                RunningGateway.start(
                        report.url(),
                        Map.of(
                                "battlestream.registry.url",
                                "http://" + NOBODY + "/apis/registry/v3",
                                "battlestream.publish-timeout",
                                "500ms"))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> gateway.post("/api/battles/start", "{}").statusCode() == 202);
            UUID id = UUID.randomUUID();
            report.battle(id).turn("hello");
            assertPassing(
                    gateway.post("/api/battles/" + id + "/cancel", ""), "registry_unavailable");
            assertThat(
                            RunningGateway.json(gateway.get("/api/health"))
                                    .at("/registry/status")
                                    .asString())
                    .isEqualTo("down");
        }
    }

    @Test
    void withoutAReportServiceReadsAreRefusedAndStartsAndCancellationsGoOn() throws Exception {
        try (RunningGateway gateway =
                RunningGateway.start(
                        report.url(), Map.of("battlestream.report.timeout", "300ms"))) {
            gateway.awaitReady();
            String battle = "/api/battles/" + UUID.randomUUID();
            report.answersWith(500);
            for (String path : List.of("", "/messages", "/verdicts")) {
                HttpResponse<String> response = gateway.get(battle + path);
                assertPassing(response, "report_unavailable");
                assertThat(response.body()).doesNotContain("secret");
            }
            assertThat(gateway.post(battle + "/cancel", "").statusCode()).isEqualTo(202);
            assertThat(
                            gateway.post("/api/battles/start", "{}", "Idempotency-Key", "k1")
                                    .statusCode())
                    .isEqualTo(202);

            report.answersWith(0);
            report.hangs(true);
            long begin = System.nanoTime();
            assertPassing(gateway.get(battle), "report_unavailable");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(3));
            report.hangs(false);

            report.dies();
            assertPassing(gateway.get(battle), "report_unavailable");
            report.comesBack();
            assertThat(gateway.get(battle).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void healthAnswersInHalfASecondWhileEverythingHangs() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            String hanging = "http://127.0.0.1:" + silent.getLocalPort() + "/";
            try (RunningGateway gateway =
                    RunningGateway.start(
                            report.url(),
                            Map.of(
                                    "battlestream.health.services.report", hanging,
                                    "battlestream.health.services.runner", hanging,
                                    "battlestream.health.services.judge", hanging,
                                    "battlestream.health.registry", hanging,
                                    "spring.datasource.url",
                                            "jdbc:postgresql://127.0.0.1:%d/frozen"
                                                    .formatted(silent.getLocalPort()),
                                    "spring.kafka.bootstrap-servers",
                                            "127.0.0.1:" + silent.getLocalPort()))) {
                HealthRounds.assertInTimeWhileSomethingHangs(gateway);
                HttpResponse<String> answer = gateway.get("/api/health");
                assertThat(answer.statusCode()).isEqualTo(503);
                for (String hung : HANGING) {
                    assertThat(RunningGateway.json(answer).at(hung).asString())
                            .as(hung)
                            .isEqualTo("down");
                }
            }
        }
    }

    @Test
    void aPlatformWithAnotherNumberOfPartitionsKeepsItAndTheGatewayIsNotReady() throws Exception {
        Map<String, Object> broker = Map.of("bootstrap.servers", Infra.shared().bootstrapServers());
        int partitions = Topics.DEFAULT_PARTITIONS;
        TopicCreation.ensure(broker, partitions, (short) 1, LogRetention.DEFAULT);
        String other = Integer.toString(partitions + 1);

        try (RunningGateway gateway =
                RunningGateway.start(
                        report.url(), Map.of("battlestream.topics.partitions", other))) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(gateway.get("/actuator/health/readiness").body())
                                    .contains("but BATTLESTREAM_PARTITIONS is " + other));
            assertThat(gateway.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        }

        // Throws if there were more of them by now.
        TopicCreation.ensure(broker, partitions, (short) 1, LogRetention.DEFAULT);
    }

    @Test
    void aGatewayForEverybodyDoesNotStartUnlessItIsMeant() {
        assertThatThrownBy(() ->
                        RunningGateway.start(report.url(), Map.of("server.address", "0.0.0.0"))
                                .close())
                .rootCause()
                .hasMessageContaining("without API keys");
        try (RunningGateway meant =
                RunningGateway.start(
                        report.url(),
                        Map.of(
                                "server.address",
                                "0.0.0.0",
                                "battlestream.access.allow-unauthenticated-remote",
                                "true"))) {
            assertThat(meant.port()).isPositive();
        }
    }

    private static String code(HttpResponse<String> response) {
        return RunningGateway.json(response).get("code").asString();
    }

    private static void assertPassing(HttpResponse<String> response, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(503);
        assertThat(code(response)).isEqualTo(code);
        assertThat(response.headers().firstValue("Retry-After")).contains("2");
    }
}
