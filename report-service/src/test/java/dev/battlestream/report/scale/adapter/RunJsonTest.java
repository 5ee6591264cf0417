package dev.battlestream.report.scale.adapter;

import static dev.battlestream.report.scale.RunStory.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEndReason;
import dev.battlestream.report.scale.RunReport;
import dev.battlestream.report.scale.RunStatus;
import dev.battlestream.report.scale.RunStory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bodies as they are read by others, who agreed on these names. */
class RunJsonTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void theSameRowsInAnyOrderGiveTheSameBytes() {
        byte[] report = bytes(RunStory.members());

        for (int seed = 0; seed < 100; seed++) {
            List<Member> shuffled = new ArrayList<>(RunStory.members());
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(bytes(shuffled)).isEqualTo(report);
        }
    }

    @Test
    void aStatusSaysWhatIsKnown() {
        RunStatus status =
                RunStatus.of(
                        RunStory.running(),
                        List.of(
                                RunStory.member(1, EndReason.GOAL, 4),
                                RunStory.failed(2, 2, Failure.Cause.PROVIDER),
                                RunStory.launched(3)),
                        START.plusSeconds(100));

        assertThat(JSON.readTree(JSON.writeValueAsBytes(RunStatusBody.of(status))))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"runId": "0198f3a4-0000-7000-8000-00000000beef",
                                 "state": "running", "progress": 0.2, "completed": 2,
                                 "total": 10, "running": 1, "launched": 3,
                                 "counts": {"goal": 1, "limit": 0, "plateau": 0, "stopped": 0,
                                   "budget": 0, "error": 1, "manual": 0, "timeout": 0},
                                 "costUsd": "0.102", "unsettledUsd": "0.001", "etaSeconds": 80,
                                 "requestedAt": "2026-03-01T09:59:59Z",
                                 "startedAt": "2026-03-01T10:00:01Z", "lastPlace": 102}
                                """));
    }

    @Test
    void aRefusedRunSaysWhy() {
        Run refused =
                RunStory.ended(
                        RunStory.specification(),
                        RunEndReason.ERROR,
                        0,
                        new Failure(Failure.Cause.REQUEST, "runCount is above 10"));

        JsonNode status =
                JSON.valueToTree(RunStatusBody.of(RunStatus.of(refused, List.of(), START)));

        assertThat(status.path("state").asString()).isEqualTo("failed");
        assertThat(status.path("endedReason").asString()).isEqualTo("error");
        assertThat(status.path("failure").path("class").asString()).isEqualTo("request");
        assertThat(status.path("failure").path("detail").asString())
                .isEqualTo("runCount is above 10");
        assertThat(status.path("progress").asDouble()).isOne();
    }

    @Test
    void aReportHasTheAgreedShape() {
        JsonNode report = JSON.readTree(bytes(RunStory.members()));

        assertThat(report.propertyNames())
                .containsExactlyInAnyOrder(
                        "runId",
                        "final",
                        "state",
                        "endedReason",
                        "specification",
                        "total",
                        "launched",
                        "completed",
                        "counts",
                        "failures",
                        "successRate",
                        "turnsToGoal",
                        "turnLatencyMs",
                        "battleDurationMs",
                        "usage",
                        "variants",
                        "members",
                        "asOf",
                        "startedAt",
                        "endedAt");
        assertThat(report.path("final").asBoolean()).isTrue();
        assertThat(report.path("specification"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"digest": "%s", "agentId": "support-bot",
                                 "model": "scripted:closer", "messageLimit": 12, "runCount": 10,
                                 "concurrency": 3,
                                 "variants": [{"name": "terse", "model": ""},
                                   {"name": "patient", "model": "scripted:patient"}],
                                 "seed": 42, "budgetUsd": "2.5", "timeoutSeconds": 1800,
                                 "labels": {"build": "417", "team": "checkout"}}
                                """
                                        .formatted("5f".repeat(32))));
        assertThat(report.path("failures"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"request": 0, "provider": 1, "judge": 0, "platform": 0,
                                 "budget": 0, "unknown": 0}
                                """));
        assertThat(report.path("turnsToGoal"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"count": 7, "min": 4, "median": 5, "p90": 7, "max": 7,
                                 "histogram": [{"turns": 4, "battles": 3},
                                   {"turns": 5, "battles": 2}, {"turns": 6, "battles": 1},
                                   {"turns": 7, "battles": 1}]}
                                """));
        assertThat(report.path("battleDurationMs"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"count": 10, "p50": 50000, "p90": 90000, "p95": 120000,
                                 "p99": 120000, "max": 120000}
                                """));
        assertThat(report.path("usage"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"tokensIn": 52200, "tokensOut": 6960, "costUsd": "0.986",
                                 "unsettledUsd": "0.001", "byRole": {
                                 "agent": {"calls": 58, "tokensIn": 17400, "tokensOut": 2320,
                                   "costUsd": "0.58"},
                                 "opponent": {"calls": 58, "tokensIn": 17400, "tokensOut": 2320,
                                   "costUsd": "0.232"},
                                 "fastJudge": {"calls": 48, "tokensIn": 17100, "tokensOut": 2290,
                                   "costUsd": "0.116"},
                                 "strongJudge": {"calls": 10, "tokensIn": 300, "tokensOut": 30,
                                   "costUsd": "0.058"}}}
                                """));
        assertThat(report.path("asOf"))
                .isEqualTo(
                        JSON.readTree(
                                """
                                [{"topic": "scale.members", "partition": 2, "offset": 41},
                                 {"topic": "scale.outcomes", "partition": 2, "offset": 3},
                                 {"topic": "scale.requests", "partition": 2, "offset": 5}]
                                """));
        assertThat(report.path("members").path(5))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"index": 6, "battleId": "0198f3a4-0000-7000-8000-000000000006",
                                 "variant": "patient", "state": "ended", "reason": "error",
                                 "failureClass": "provider", "turns": 2, "costUsd": "0.034",
                                 "durationMs": 20000, "launchedAt": "2026-03-01T10:00:06Z",
                                 "endedAt": "2026-03-01T10:00:26Z"}
                                """));
    }

    @Test
    void theRateNamesItsMethod() {
        JsonNode report = JSON.readTree(bytes(RunStory.members()));
        JsonNode rate = report.path("successRate");

        assertThat(rate.path("goals").asInt()).isEqualTo(7);
        assertThat(rate.path("completed").asInt()).isEqualTo(10);
        assertThat(rate.path("value").asDouble()).isEqualTo(0.7);
        assertThat(rate.path("low").isNumber()).isTrue();
        assertThat(rate.path("high").isNumber()).isTrue();
        assertThat(rate.path("confidence").asDouble()).isEqualTo(0.95);
        assertThat(rate.path("method").asString()).isEqualTo("wilson");
        assertThat(report.path("variants").path(0).propertyNames())
                .containsExactlyInAnyOrder(
                        "name",
                        "model",
                        "completed",
                        "goals",
                        "value",
                        "low",
                        "high",
                        "medianTurnsToGoal",
                        "costUsd");
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        JsonNode report =
                JSON.valueToTree(
                        RunReportBody.of(
                                RunReport.of(Run.unknown("run-1"), List.of(RunStory.launched(1)))));

        assertThat(report.has("specification")).isFalse();
        assertThat(report.has("endedAt")).isFalse();
        assertThat(report.path("variants").isArray()).isTrue();
        assertThat(report.path("successRate").propertyNames())
                .containsExactlyInAnyOrder("goals", "completed", "confidence", "method");
        assertThat(report.path("members").path(0).propertyNames())
                .containsExactlyInAnyOrder("index", "battleId", "state", "launchedAt");
        assertThat(report.path("members").path(0).path("state").asString()).isEqualTo("running");
    }

    private static byte[] bytes(List<Member> members) {
        return JSON.writeValueAsBytes(RunReportBody.of(RunReport.of(RunStory.ended(), members)));
    }
}
