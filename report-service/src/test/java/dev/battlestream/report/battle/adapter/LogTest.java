package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What the service writes about requests. */
class LogTest {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void structuredLinesCarryRequestBattleRunAndTraceAsFields(@TempDir Path state)
            throws Exception {
        String battle = UUID.randomUUID().toString();
        String request = "log-" + battle;
        try (ReportFork service =
                ReportFork.start(
                        "logs-1",
                        state,
                        "--logging.structured.format.console=ecs",
                        "--logging.level.dev.battlestream.report.access=debug")) {
            service.get(
                    "/internal/battles/%s/messages?source=views&token=SECRET".formatted(battle),
                    "X-Request-Id",
                    request,
                    "traceparent",
                    "00-" + TRACE_ID + "-00f067aa0ba902b7-01");
            service.get(
                    "/internal/runs/%s/report?source=views&token=SECRET".formatted(battle),
                    "X-Request-Id",
                    "run-" + battle);
            service.get(
                    "/internal/SECRET",
                    "X-Request-Id",
                    "insane and a line\tbreak",
                    "traceparent",
                    "SECRET");
            await().atMost(Duration.ofSeconds(10)).until(() -> lines("GET ").size() >= 3);
        }

        assertThat(lines(request))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("requestId").asString()).isEqualTo(request);
                    assertThat(line.path("traceId").asString()).isEqualTo(TRACE_ID);
                    assertThat(line.path("battleId").asString()).isEqualTo(battle);
                    assertThat(line.path("message").asString())
                            .isEqualTo("GET /internal/battles/{id}/messages 404");
                });
        assertThat(lines("run-" + battle))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.path("runId").asString()).isEqualTo(battle);
                    assertThat(line.has("battleId")).isFalse();
                    assertThat(line.path("message").asString())
                            .isEqualTo("GET /internal/runs/{id}/report 404");
                });
        assertThat(lines("GET "))
                .allSatisfy(line -> {
                    assertThat(line.path("requestId").asString()).isNotBlank();
                    assertThat(line.path("service").path("name").asString())
                            .isEqualTo("battlestream-report");
                });
        assertThat(Files.readString(ReportFork.log("logs-1"))).doesNotContain("SECRET", "insane");
    }

    private static List<JsonNode> lines(String with) throws Exception {
        return Files.readAllLines(ReportFork.log("logs-1")).stream()
                .filter(line -> line.startsWith("{") && line.contains(with))
                .map(ReportFork::parse)
                .filter(line -> line.path("log").path("logger").asString("").endsWith(".access"))
                .toList();
    }
}
