package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.EndReason;
import dev.battlestream.events.RunEndReason;
import dev.battlestream.policy.MemberIds;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run is one job: it takes a slot and a part of the day until its own outcome comes. */
class ScaleAdmissionHttpTest {

    private static final String START = "/api/scale/start";

    private ReportDouble report;
    private String database;

    @BeforeEach
    void begin() throws IOException {
        report = new ReportDouble();
        database = Infra.shared().freshDatabase();
    }

    @AfterEach
    void end() {
        report.close();
    }

    @Test
    void aRunTakesOneSlotUntilItsOwnOutcome() throws Exception {
        try (RunningGateway gateway =
                gateway(Map.of("battlestream.jobs.running-per-client", "1"))) {
            UUID run = id(gateway.post(START, "{\"runCount\":10,\"concurrency\":3}"));
            assertThat(code(gateway.post("/api/battles/start", "{}"))).isEqualTo("too_many_jobs");
            assertThat(code(gateway.post(START, "{}"))).isEqualTo("too_many_jobs");

            Outcomes.publish(MemberIds.of(run, 1), EndReason.GOAL, "0.10");
            Outcomes.publish(run, EndReason.GOAL);
            await().during(Duration.ofSeconds(1))
                    .until(() -> gateway.post(START, "{}").statusCode() == 429);

            Outcomes.publishRun(run, RunEndReason.COMPLETED, "0.10");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.post(START, "{}").statusCode() == 202);
            assertThat(gateway.metric("battlestream_gateway_jobs_ended_total"))
                    .as("the run, and no battle")
                    .isEqualTo(1);
        }
    }

    @Test
    void anOutcomeWhoseIdIsWrittenInAnotherWayEndsNothing() throws Exception {
        try (RunningGateway gateway =
                gateway(Map.of("battlestream.jobs.running-per-client", "2"))) {
            UUID run = UUID.fromString("abcdef01-" + UUID.randomUUID().toString().substring(9));
            UUID battle = UUID.fromString("abcdef01-" + UUID.randomUUID().toString().substring(9));
            id(gateway.post(START, "{\"runId\":\"%s\"}".formatted(run)));
            assertThat(
                            gateway.post(
                                            "/api/battles/start",
                                            "{\"battleId\":\"%s\"}".formatted(battle))
                                    .statusCode())
                    .isEqualTo(202);

            Outcomes.publishRun(upperCase(run), RunEndReason.COMPLETED, "0.10");
            Outcomes.publish(upperCase(battle), EndReason.GOAL, "0.10");
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.post(START, "{}").statusCode() == 429);

            Outcomes.publishRun(run, RunEndReason.COMPLETED, "0.10");
            Outcomes.publish(battle, EndReason.GOAL, "0.10");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.metric("battlestream_gateway_jobs_ended_total") == 2);
            assertThat(
                            gateway.metric(
                                    "battlestream_gateway_outcomes_dropped_total"
                                            + "{reason=\"bad-id\"}"))
                    .isEqualTo(2);
        }
    }

    private static String upperCase(UUID id) {
        return id.toString().toUpperCase(Locale.ROOT);
    }

    @Test
    void aRunReservesItsBudgetOfTheDayAndLeavesWhatItDidNotSpend() throws Exception {
        Map<String, String> bounds =
                Map.of(
                        "battlestream.jobs.daily-budget",
                        "1.00",
                        "battlestream.jobs.default-budget",
                        "0.10");
        try (RunningGateway gateway = gateway(bounds)) {
            // Ten battles of 0.10 by default fit, of 0.11 they do not.
            assertThat(
                            code(
                                    gateway.post(
                                            START,
                                            "{\"runCount\":10,\"battle\":{\"budgetUsd\":\"0.11\"}}")))
                    .isEqualTo("daily_budget_spent");
            UUID run = id(gateway.post(START, "{\"runCount\":10}"));
            assertThat(
                            RequestLog.of(Topics.SCALE_REQUESTS, run)
                                    .getFirst()
                                    .value()
                                    .getBattle()
                                    .getBudgetUsd())
                    .isEqualByComparingTo("0.10");
            assertThat(code(gateway.post("/api/battles/start", "{\"budgetUsd\":\"0.01\"}")))
                    .isEqualTo("daily_budget_spent");

            // It cost 0.30 and may have cost as much again.
            Outcomes.publishRun(run, RunEndReason.COMPLETED, "0.30");
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            gateway.post(START, "{\"runCount\":10,\"budgetUsd\":\"0.40\"}")
                                            .statusCode()
                                    == 202);
            assertThat(code(gateway.post(START, "{\"budgetUsd\":\"0.01\"}")))
                    .isEqualTo("daily_budget_spent");
        }
    }

    @Test
    void anOutcomeThatWasMissedIsFoundWhenTheRunsTimeIsOver() throws Exception {
        Map<String, String> impatient =
                Map.of(
                        "battlestream.jobs.overdue-margin", "0s",
                        "battlestream.jobs.heal-every", "200ms");
        try (RunningGateway gateway = gateway(impatient)) {
            UUID ended = id(gateway.post(START, "{\"timeoutSeconds\":1}"));
            UUID plays = id(gateway.post(START, "{\"timeoutSeconds\":1}"));
            UUID unknown = id(gateway.post(START, "{\"timeoutSeconds\":1}"));
            report.run(ended).ends("completed", "completed");
            report.run(plays).memberEnds("goal");

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> healed(gateway, "missed") == 1 && healed(gateway, "lost") == 1);

            assertThat(
                            RunningGateway.json(gateway.get("/api/scale/" + unknown))
                                    .at("/failure/class")
                                    .asString())
                    .isEqualTo("platform");
            assertThat(gateway.get("/api/scale/" + unknown + "/report").statusCode())
                    .isEqualTo(404);
            assertThat(healed(gateway, "late")).isPositive();
        }
    }

    @Test
    void aGatewayThatCannotPublishLosesNoRun() throws Exception {
        UUID run;
        try (RunningGateway cutOff =
                gateway(
                        Map.of(
                                "spring.kafka.bootstrap-servers",
                                "127.0.0.1:9",
                                "battlestream.publish-timeout",
                                "300ms"))) {
            run =
                    id(
                            await().atMost(Duration.ofSeconds(30))
                                    .until(
                                            () -> cutOff.post(START, "{\"runCount\":3}"),
                                            answer -> answer.statusCode() != 503));
        }

        try (RunningGateway gateway = gateway(Map.of("battlestream.jobs.relay-lease", "1s"))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !RequestLog.of(Topics.SCALE_REQUESTS, run).isEmpty());
            assertThat(RequestLog.of(Topics.SCALE_REQUESTS, run).getFirst().value().getRunCount())
                    .isEqualTo(3);
            assertThat(gateway.get("/api/scale/" + run).statusCode()).isEqualTo(200);
        }
    }

    private RunningGateway gateway(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put("spring.datasource.url", database);
        all.put("battlestream.jobs.running-per-client", "100");
        all.put("battlestream.jobs.publish-after", "500ms");
        all.put("battlestream.jobs.outcome-group", "scale-admission-" + database.hashCode());
        all.putAll(settings);
        RunningGateway gateway = RunningGateway.start(report.url(), all);
        if (!settings.containsKey("spring.kafka.bootstrap-servers")) {
            gateway.awaitReady();
        }
        return gateway;
    }

    private static double healed(RunningGateway gateway, String what) throws Exception {
        return gateway.metric("battlestream_gateway_jobs_healed_total{what=\"" + what + "\"");
    }

    private static UUID id(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return UUID.fromString(RunningGateway.json(answer).path("runId").asString());
    }

    private static String code(HttpResponse<String> answer) {
        return RunningGateway.json(answer).path("code").asString();
    }
}
