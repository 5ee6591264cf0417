package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** What the gateway writes about requests. */
@ExtendWith(OutputCaptureExtension.class)
class LogHttpTest {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void structuredLinesCarryRequestBattleAndTraceAsFields(CapturedOutput output) throws Exception {
        UUID battle = UUID.randomUUID();
        try (ReportDouble report = new ReportDouble();
                RunningGateway gateway =
                        RunningGateway.start(
                                report.url(), Map.of("logging.structured.format.console", "ecs"))) {
            gateway.awaitReady();
            gateway.post(
                    "/api/battles/start",
                    "{\"battleId\": \"%s\", \"goal\": \"a SECRET goal\"}".formatted(battle),
                    "X-Request-Id",
                    "log-1",
                    "traceparent",
                    HttpContract.TRACE);
            gateway.get("/api/battles/%s?token=SECRET".formatted(battle), "X-Request-Id", "log-2");
            await().until(() -> !lines(output, "log-2").isEmpty());
        }

        List<JsonNode> start = lines(output, "log-1");
        assertThat(start)
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(line.path("traceId").asString()).isEqualTo(TRACE_ID));
        assertThat(start)
                .anySatisfy(line ->
                        assertThat(line.path("battleId").asString()).isEqualTo(battle.toString()))
                .anySatisfy(line ->
                        assertThat(line.path("message").asString())
                                .matches("POST /api/battles/start 202 \\d+ ms"));
        assertThat(lines(output, "log-2"))
                .anySatisfy(line -> {
                    assertThat(line.path("battleId").asString()).isEqualTo(battle.toString());
                    assertThat(line.path("message").asString())
                            .startsWith("GET /api/battles/{id} 200 ");
                    assertThat(line.path("traceId").asString()).matches("[0-9a-f]{32}");
                });
        assertThat(output.getAll()).doesNotContain("SECRET");
    }

    @Test
    void whatTheReportServiceSaysIsNotQuotedWhenItCannotBeRead(CapturedOutput output)
            throws Exception {
        UUID battle = UUID.randomUUID();
        String planted = "PLANTED words of a model";
        try (ReportDouble report = new ReportDouble();
                RunningGateway gateway = RunningGateway.start(report.url(), Map.of())) {
            report.lists(200, "{\"battles\":[{\"jobId\":\"%s\"}]}".formatted(planted));
            assertThat(gateway.get("/api/battles").statusCode()).isEqualTo(503);

            report.battle(battle).turn("hello");
            try (SseClient viewer = SseClient.open(gateway.at("/api/stream/" + battle), null)) {
                assertThat(viewer.status()).isEqualTo(200);
                report.battle(battle)
                        .tells(
                                "status",
                                RunningGateway.JSON.createObjectNode().put("jobId", planted));
                await().until(() -> output.getAll().contains("broke off and is opened again"));
                report.battle(battle).ends("completed", "goal");
            }
        }

        assertThat(output.getAll())
                .contains("is no BattleList: InvalidFormatException at line 1, column ")
                .contains("is opened again: InvalidFormatException at line 1, column ")
                .doesNotContain("PLANTED");
    }

    @Test
    void everyAnswerTellsItsTrace() throws Exception {
        try (ReportDouble report = new ReportDouble();
                RunningGateway gateway = RunningGateway.start(report.url(), Map.of())) {
            HttpResponse<String> taken =
                    gateway.get("/api/health", "traceparent", HttpContract.TRACE);
            HttpResponse<String> made = gateway.get("/no/such/path", "traceparent", "nonsense");

            assertThat(taken.headers().firstValue("traceparent")).contains(HttpContract.TRACE);
            assertThat(made.headers().firstValue("traceparent").orElse(""))
                    .matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
        }
    }

    private static List<JsonNode> lines(CapturedOutput output, String requestId) {
        return output.getAll()
                .lines()
                .filter(line -> line.startsWith("{") && line.contains(requestId))
                .map(line -> RunningGateway.JSON.readTree(line))
                .filter(line -> line.path("requestId").asString("").equals(requestId))
                .toList();
    }
}
