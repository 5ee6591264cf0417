package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.ScaleRunCancelRequested;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.schemas.Topics;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ScaleHttpTest extends HttpContract {

    private static final String START = "/api/scale/start";

    @Test
    void aRunIsOnTheLogWithAllThatWasAskedFor() throws Exception {
        HttpResponse<String> answer =
                gateway.post(
                        START,
                        """
                        {"runCount":10,"concurrency":3,
                         "battle":{"goal":"win","budgetUsd":"0.10","messageLimit":5},
                         "variants":[{"name":"a","model":"scripted:never","systemPrompt":"short",
                                      "temperature":0.5},{"name":"b"}],
                         "seed":41,"budgetUsd":"0.75","timeoutSeconds":3600,
                         "labels":{"suite":"checkout"}}
                        """,
                        "X-Request-Id",
                        "scale-1",
                        "traceparent",
                        TRACE);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        JsonNode started = RunningGateway.json(answer);
        UUID id = UUID.fromString(started.path("runId").asString());
        String path = "/api/scale/" + id;
        assertThat(started.path("jobId").asString()).isEqualTo(id.toString());
        assertThat(started.path("state").asString()).isEqualTo("queued");
        assertThat(started.path("links").path("self").asString()).isEqualTo(path);
        assertThat(started.path("links").path("stream").asString()).isEqualTo(path + "/stream");
        assertThat(answer.headers().firstValue("Location")).contains(path);
        List<ConsumerRecord<String, ScaleRunRequested>> records =
                RequestLog.of(Topics.SCALE_REQUESTS, id);
        assertThat(records).hasSize(1);
        assertThat(header(records.getFirst(), "x-request-id")).isEqualTo("scale-1");
        ScaleRunRequested request = records.getFirst().value();
        assertThat(request.getRunId()).isEqualTo(id.toString());
        assertThat(request.getClientId()).isEqualTo("address:127.0.0.1");
        assertThat(request.getRunCount()).isEqualTo(10);
        assertThat(request.getConcurrency()).isEqualTo(3);
        assertThat(request.getBattle().getGoal()).isEqualTo("win");
        assertThat(request.getBattle().getMessageLimit()).isEqualTo(5);
        assertThat(request.getBattle().getClientId()).isNull();
        assertThat(request.getBattle().getBudgetUsd()).isEqualByComparingTo("0.10");
        assertThat(request.getVariants()).hasSize(2);
        assertThat(request.getVariants().getFirst().getSystemPrompt()).isEqualTo("short");
        assertThat(request.getVariants().getFirst().getTemperature()).isEqualTo(0.5);
        assertThat(request.getVariants().getLast().getSystemPrompt()).isNull();
        assertThat(request.getSeed()).isEqualTo(41);
        assertThat(request.getBudgetUsd()).isEqualByComparingTo(new BigDecimal("0.75"));
        assertThat(request.getTimeoutSeconds()).isEqualTo(3600);
        assertThat(request.getLabels()).containsEntry("suite", "checkout");
    }

    @Test
    void whatIsWrongIsToldAtOnceWithItsPath() throws Exception {
        assertProblem(
                gateway.post(
                        START,
                        """
                        {"runCount":11,"concurrency":4,"battle":{"model":"x"},
                         "variants":[{"name":"a"},{"name":"a"}]}
                        """),
                400,
                "invalid_request",
                START,
                "runCount",
                "concurrency",
                "battle.model",
                "variants[1].name");
    }

    @Test
    void theSameKeyAndBodyAreTheSameRun() throws Exception {
        String key = UUID.randomUUID().toString();
        UUID first = started(gateway.post(START, "{\"runCount\":2}", "Idempotency-Key", key));

        HttpResponse<String> again =
                gateway.post(START, "{\"runCount\":2}", "Idempotency-Key", key);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(RunningGateway.json(again).path("runId").asString()).isEqualTo(first.toString());
        assertProblem(
                gateway.post(START, "{\"runCount\":3}", "Idempotency-Key", key),
                422,
                "idempotency_mismatch",
                START);
        assertProblem(
                gateway.post("/api/battles/start", "{}", "Idempotency-Key", key),
                422,
                "idempotency_mismatch",
                "/api/battles/start");
        assertThat(RequestLog.of(Topics.SCALE_REQUESTS, first)).hasSize(1);
    }

    @Test
    void anIdOfOnesOwnIsAsGoodAsAKey() throws Exception {
        UUID own = UUID.randomUUID();
        String body = "{\"runId\":\"%s\"}".formatted(own);

        assertThat(started(gateway.post(START, body))).isEqualTo(own);
        assertThat(gateway.post(START, body).statusCode()).isEqualTo(200);
        assertProblem(
                gateway.post(START, body, "Idempotency-Key", "k"),
                400,
                "invalid_request",
                START,
                "runId");
    }

    @Test
    void aRunThatIsOnTheLogWithoutAGatewayIsNotStartedAgain() throws Exception {
        UUID own = UUID.randomUUID();
        report.run(own).ends("completed", "completed");

        HttpResponse<String> answer = gateway.post(START, "{\"runId\":\"%s\"}".formatted(own));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(RunningGateway.json(answer).path("state").asString()).isEqualTo("completed");
        assertThat(RequestLog.of(Topics.SCALE_REQUESTS, own)).isEmpty();
    }

    @Test
    void aRunThatTheViewsDoNotKnowYetIsQueuedAndNoBattle() throws Exception {
        UUID id = started(gateway.post(START, "{\"runCount\":7}"));
        String path = "/api/scale/" + id;

        HttpResponse<String> status = gateway.get(path);
        assertThat(status.statusCode()).isEqualTo(200);
        JsonNode json = RunningGateway.json(status);
        assertThat(json.path("state").asString()).isEqualTo("queued");
        assertThat(json.path("total").asInt()).isEqualTo(7);
        assertThat(json.path("counts").path("goal").asInt()).isZero();
        String tag = status.headers().firstValue("ETag").orElseThrow();
        assertThat(gateway.get(path + "/status", "If-None-Match", tag).statusCode()).isEqualTo(304);
        for (String partial : List.of("", "?partial=true")) {
            assertProblem(
                    gateway.get(path + "/report" + partial),
                    409,
                    "report_not_final",
                    path + "/report");
        }
        assertProblem(
                gateway.get("/api/battles/" + id), 404, "battle_not_found", "/api/battles/" + id);
    }

    @Test
    void theStatusIsThatOfTheViewsAndNothingInternal() throws Exception {
        UUID id = UUID.randomUUID();
        report.run(id).memberEnds("goal");

        HttpResponse<String> status = gateway.get("/api/scale/" + id + "/status");

        JsonNode json = RunningGateway.json(status);
        assertThat(json.path("state").asString()).isEqualTo("running");
        assertThat(json.path("counts").path("goal").asInt()).isEqualTo(1);
        assertThat(json.path("etaSeconds").asInt()).isEqualTo(12);
        assertThat(json.path("lastPlace").asInt()).isEqualTo(1);
        assertThat(json.has("endedReason")).isFalse();
        assertThat(status.body()).doesNotContain("internalOnly");
    }

    @Test
    void aReportIsJsonUnlessMoreIsSaid() throws Exception {
        UUID id = UUID.randomUUID();
        report.run(id).memberEnds("goal");
        String path = "/api/scale/" + id + "/report";

        assertProblem(gateway.get(path), 409, "report_not_final", path);
        JsonNode partial = RunningGateway.json(gateway.get(path + "?partial=true"));
        assertThat(partial.path("final").asBoolean()).isFalse();
        report.run(id).ends("completed", "completed");

        HttpResponse<String> json = gateway.get(path + "?format=json&partial=false");
        assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(RunningGateway.json(json).path("final").asBoolean()).isTrue();
        assertThat(RunningGateway.json(json).at("/members/0/turns").asInt()).isEqualTo(4);
        assertThat(json.body()).doesNotContain("internalOnly");
    }

    @Test
    void aReportAsAFileIsPassedOn() throws Exception {
        UUID id = UUID.randomUUID();
        report.run(id).ends("completed", "completed");
        String path = "/api/scale/" + id + "/report";

        HttpResponse<String> csv = gateway.get(path + "?format=csv", "Accept", "text/csv");
        assertThat(csv.statusCode()).isEqualTo(200);
        assertThat(csv.headers().firstValue("Content-Type").orElse(""))
                .isEqualToIgnoringCase("text/csv;charset=utf-8");
        assertThat(csv.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"run-%s.csv\"".formatted(id));
        assertThat(csv.body()).isEqualTo("index,battleId\r\n1,ü\r\n");

        HttpResponse<String> html = gateway.get(path + "?format=html");
        assertThat(html.headers().firstValue("Content-Type").orElse(""))
                .isEqualToIgnoringCase("text/html;charset=utf-8");
        assertThat(html.body()).isEqualTo("<!doctype html>\n<p>ü</p>");
        assertThat(html.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "style-src 'unsafe-inline'", "sandbox");
    }

    @Test
    void aReportOfAnUnknownFormatIsRefused() throws Exception {
        String path = "/api/scale/" + UUID.randomUUID() + "/report";

        assertProblem(
                gateway.get(path + "?format=pdf&partial=yes"),
                400,
                "invalid_request",
                path,
                "format",
                "partial");
    }

    @Test
    void aRunIsCancelledUntilItHasEnded() throws Exception {
        UUID id = UUID.randomUUID();
        report.run(id).memberEnds("goal");
        String path = "/api/scale/" + id + "/cancel";

        HttpResponse<String> answer = gateway.post(path, "");
        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(RunningGateway.json(answer).path("acknowledged").asBoolean()).isTrue();
        assertThat(RunningGateway.json(answer).path("state").asString()).isEqualTo("running");
        List<ConsumerRecord<String, ScaleRunCancelRequested>> asked =
                RequestLog.of(Topics.SCALE_CANCELLATIONS, id);
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().value().getRunId()).isEqualTo(id.toString());
        assertThat(asked.getFirst().value().getClientId()).isEqualTo("address:127.0.0.1");

        report.run(id).ends("canceled", "manual");
        assertThat(gateway.post(path, "").statusCode()).isEqualTo(202);
        assertThat(RequestLog.of(Topics.SCALE_CANCELLATIONS, id)).hasSize(1);

        report.run(id).ends("completed", "completed");
        assertProblem(gateway.post(path, ""), 409, "run_ended", path);
    }

    @Test
    void whatWasAcceptedJustNowCanBeCancelled() throws Exception {
        UUID id = started(gateway.post(START, "{}"));

        HttpResponse<String> answer = gateway.post("/api/scale/" + id + "/cancel", "");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(RunningGateway.json(answer).path("state").asString()).isEqualTo("queued");
        assertThat(RequestLog.of(Topics.SCALE_CANCELLATIONS, id)).hasSize(1);
    }

    @Test
    void runsAreListedByTheArchive() throws Exception {
        UUID id = UUID.randomUUID();
        report.lists(
                200,
                """
                {"runs":[{"runId":"%s","state":"queued","total":3,"internalOnly":1,
                          "requestedAt":"2026-01-01T00:00:00Z"}],"nextCursor":"AA"}
                """
                        .formatted(id));

        HttpResponse<String> list =
                gateway.get(
                        "/api/scale?state=queued&agentId=a%26b%20c&runId=r&from=f&to=t"
                                + "&cursor=A%2BA&limit=7");

        assertThat(report.lastListQuery())
                .isEqualTo("state=queued&agentId=a%26b+c&from=f&to=t&cursor=A%2BA&limit=7");
        assertThat(RunningGateway.json(list).at("/runs/0/runId").asString())
                .isEqualTo(id.toString());
        assertThat(RunningGateway.json(list).path("nextCursor").asString()).isEqualTo("AA");
        assertThat(list.body()).doesNotContain("internalOnly");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/status", "/report", "/report?format=csv", "/stream"})
    void whatNobodyKnowsIsNotFound(String below) throws Exception {
        String path = "/api/scale/" + UUID.randomUUID();

        assertProblem(
                gateway.get(path + below),
                404,
                "run_not_found",
                path + below.replaceAll("\\?.*", ""));
    }

    private static UUID started(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return UUID.fromString(RunningGateway.json(answer).path("runId").asString());
    }
}
