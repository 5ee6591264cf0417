package dev.battlestream.report.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.EndReason;
import dev.battlestream.events.RunEndReason;
import dev.battlestream.report.battle.adapter.Follower;
import dev.battlestream.report.battle.adapter.Publisher;
import dev.battlestream.report.battle.adapter.ReportFork;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The internal API of runs: two instances on a real broker, each of which answers for all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunApiTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final Publisher publisher = new Publisher();
    private ReportFork one;
    private ReportFork two;

    @BeforeAll
    void start(@TempDir Path state) {
        String[] settings = {
            "--battlestream.report.followers.appear-within=700ms",
            "--battlestream.report.followers.heartbeat=1s"
        };
        one = ReportFork.start("runs-1", state, settings);
        two = ReportFork.start("runs-2", state, settings);
        await().atMost(SOON).until(() -> partitions(one) > 0 && partitions(two) > 0);
    }

    private static int partitions(ReportFork instance) {
        return instance.json("/internal/views").path("partitions").size();
    }

    @AfterAll
    void stop() {
        publisher.close();
        one.close();
        two.close();
    }

    @Test
    void aStatusHasTheShapeOfTheContract() {
        String id = newRun();
        publishEnded(id);
        awaitFinal(id);
        JsonNode status = one.json("/internal/runs/" + id);

        assertThat(status.path("state").asString()).isEqualTo("completed");
        assertThat(status.propertyNames())
                .containsExactlyInAnyOrder(
                        "runId",
                        "state",
                        "progress",
                        "completed",
                        "total",
                        "running",
                        "launched",
                        "counts",
                        "costUsd",
                        "unsettledUsd",
                        "endedReason",
                        "requestedAt",
                        "startedAt",
                        "endedAt",
                        "lastPlace");
        assertThat(status.path("runId").asString()).isEqualTo(id);
        assertThat(status.path("counts").path("goal").asInt()).isEqualTo(1);
        assertThat(status.path("startedAt").asString()).isEqualTo("2026-03-01T12:00:01Z");
        assertThat(status.toString()).doesNotContain("secret");
    }

    @Test
    void eachInstanceAnswersForEveryRun() {
        List<String> runs = Stream.generate(RunApiTest::newRun).limit(8).toList();
        runs.forEach(this::publishEnded);

        for (String id : runs) {
            awaitFinal(id);
            String path = "/internal/runs/" + id + "/report";
            assertThat(two.get(path).body()).isEqualTo(one.get(path).body());
        }
    }

    @Test
    void aReportIsToldAsJsonPageAndTable() {
        String id = newRun();
        publishEnded(id);
        awaitFinal(id);

        HttpResponse<String> report = one.get("/internal/runs/" + id + "/report?format=json");
        assertThat(report.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode json = ReportFork.parse(report.body());
        assertThat(json.path("final").asBoolean()).isTrue();
        assertThat(json.path("members").findValues("index")).hasSize(2);
        assertThat(json.path("specification").path("digest").asString()).hasSize(64);
        assertThat(json.path("asOf").findValuesAsString("topic"))
                .containsExactly("scale.members", "scale.outcomes", "scale.requests");
        assertThat(report.body()).doesNotContain("secret");

        HttpResponse<String> page =
                one.get("/internal/runs/" + id + "/report?format=html", "Accept", "*/*");
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.body()).startsWithIgnoringCase("<!doctype html>");

        HttpResponse<String> table =
                two.get("/internal/runs/" + id + "/report?format=csv", "Accept", "text/csv");
        assertThat(table.headers().firstValue("Content-Type")).hasValue("text/csv;charset=utf-8");
        assertThat(table.body().lines()).hasSize(3);
    }

    @Test
    void aReportOfARunThatGoesOnIsToldOnRequestOnly() {
        String id = newRun();
        publisher.publish(RunRecords.requested(id, 2));
        publisher.publish(RunRecords.launched(id, 1));
        awaitState(id, "running");

        HttpResponse<String> refused = one.get("/internal/runs/" + id + "/report?format=csv");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(ReportFork.parse(refused.body()).path("code").asString())
                .isEqualTo("report_not_final");

        JsonNode partial = one.json("/internal/runs/" + id + "/report?partial=true");
        assertThat(partial.path("final").asBoolean()).isFalse();
        assertThat(partial.path("launched").asInt()).isEqualTo(1);
    }

    @Test
    void anOutcomeBeforeItsMembersMakesNoFinalReport() {
        String id = newRun();
        publisher.publish(RunRecords.outcome(id, RunEndReason.COMPLETED, 1));
        awaitState(id, "completed");

        String path = "/internal/runs/" + id + "/report";
        assertThat(one.get(path).statusCode()).isEqualTo(409);

        publisher.publish(RunRecords.ended(id, 1, EndReason.GOAL));
        await().atMost(SOON).until(() -> one.get(path).statusCode() == 200);
    }

    @ParameterizedTest
    @CsvSource({
        "no-such-run, 404, not_found",
        "no-such-run/report, 404, not_found",
        "no-such-run/events, 404, not_found",
        "00000000-0000-4000-8000-000000000000?source=views, 404, not_found",
        "00000000-0000-4000-8000-000000000000/report?source=views, 404, not_found",
        "00000000-0000-4000-8000-000000000000/events, 404, not_found",
        "00000000-0000-4000-8000-000000000000/report?format=pdf, 400, invalid_request",
        "00000000-0000-4000-8000-000000000000/report?partial=perhaps, 400, invalid_request",
        "00000000-0000-4000-8000-000000000000/events?after=-1, 400, invalid_request"
    })
    void errorsAreProblemDetails(String path, int status, String code) {
        for (ReportFork instance : List.of(one, two)) {
            HttpResponse<String> answer =
                    instance.get(
                            "/internal/runs/" + path,
                            "Accept",
                            "text/event-stream, application/json",
                            "X-Request-Id",
                            "r-17");

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().firstValue("Content-Type"))
                    .hasValue("application/problem+json");
            JsonNode problem = ReportFork.parse(answer.body());
            assertThat(problem.path("code").asString()).isEqualTo(code);
            assertThat(problem.path("requestId").asString()).isEqualTo("r-17");
            assertThat(problem.path("detail").asString()).isNotBlank();
        }
    }

    @Test
    void aStreamTellsARunAsItGoesOnAndCloses() {
        String id = newRun();
        publisher.publish(RunRecords.requested(id, 2));
        awaitState(id, "queued");

        try (Follower follower = Follower.of(two, "/internal/runs/" + id + "/events?after=0")) {
            publisher.publish(RunRecords.launched(id, 1));
            publisher.publish(RunRecords.launched(id, 2));
            publisher.publish(RunRecords.ended(id, 2, EndReason.GOAL));
            await().atMost(SOON)
                    .until(() ->
                            follower.cursors().size() == 1
                                    && follower.events().stream()
                                            .filter(event -> event.name().equals("status"))
                                            .anyMatch(event ->
                                                    event.data().path("completed").asInt() == 1));
            publisher.publish(RunRecords.ended(id, 1, EndReason.ERROR));
            publisher.publish(RunRecords.outcome(id, RunEndReason.COMPLETED, 2));
            await().atMost(SOON).until(follower::closedByService);

            List<JsonNode> members =
                    follower.events().stream()
                            .filter(event -> event.name().equals("member"))
                            .map(Follower.Event::data)
                            .toList();
            assertThat(members)
                    .extracting(member -> member.path("index").asInt())
                    .containsExactly(2, 1);
            assertThat(members.getFirst().path("variant").asString()).isEqualTo("other");
            assertThat(follower.events().getLast().name()).isEqualTo("ended");
            assertThat(last(follower).path("lastPlace").asString())
                    .isEqualTo(follower.cursors().getLast());

            try (Follower late =
                    Follower.of(
                            one,
                            "/internal/runs/%s/events?after=%s"
                                    .formatted(id, follower.cursors().getFirst()))) {
                await().atMost(SOON).until(late::closedByService);
                assertThat(late.events())
                        .extracting(Follower.Event::name)
                        .containsExactly("status", "member", "ended");
                assertThat(late.cursors()).containsExactly(follower.cursors().getLast());
            }
        }
    }

    private static JsonNode last(Follower follower) {
        return follower.events().getLast().data();
    }

    @Test
    void bytesThatAreNoRecordDoNotStopTheView() {
        String id = newRun();
        publisher.publish("scale.members", id, "no record".getBytes(StandardCharsets.UTF_8));
        publishEnded(id);

        awaitFinal(id);
    }

    private static String newRun() {
        return UUID.randomUUID().toString();
    }

    private void publishEnded(String id) {
        publisher.publish(RunRecords.requested(id, 2));
        publisher.publish(RunRecords.launched(id, 1));
        publisher.publish(RunRecords.launched(id, 2));
        publisher.publish(RunRecords.ended(id, 1, EndReason.GOAL));
        publisher.publish(RunRecords.ended(id, 2, EndReason.LIMIT));
        publisher.publish(RunRecords.outcome(id, RunEndReason.COMPLETED, 2));
    }

    private void awaitState(String id, String state) {
        await().atMost(SOON)
                .until(() -> {
                    HttpResponse<String> answer = one.get("/internal/runs/" + id);
                    return answer.statusCode() == 200
                            && ReportFork.parse(answer.body())
                                    .path("state")
                                    .asString()
                                    .equals(state);
                });
    }

    /** Waits until all of the run is seen, its request included. */
    private void awaitFinal(String id) {
        await().atMost(SOON)
                .until(() -> {
                    HttpResponse<String> answer = one.get("/internal/runs/" + id + "/report");
                    return answer.statusCode() == 200
                            && ReportFork.parse(answer.body()).has("specification");
                });
    }
}
