package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.EndReason;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may start how many battles, on a database of its own for each test. */
class AdmissionHttpTest {

    private static final String START = "/api/battles/start";
    private static final int CROWD = 50;

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
    void fiftyStartsAtOnceWithOneKeyMakeOneBattle() throws Exception {
        try (RunningGateway gateway = gateway(Map.of())) {
            String key = UUID.randomUUID().toString();

            List<HttpResponse<String>> answers =
                    crowd(gateway, _ -> new String[] {"Idempotency-Key", key});

            assertThat(answers.stream().filter(a -> a.statusCode() == 202)).hasSize(1);
            assertThat(answers.stream().filter(a -> a.statusCode() == 200)).hasSize(CROWD - 1);
            List<UUID> ids = answers.stream().map(AdmissionHttpTest::id).distinct().toList();
            assertThat(ids).hasSize(1);
            assertThat(RequestLog.of(Topics.BATTLE_REQUESTS, ids.getFirst())).hasSize(1);
        }
    }

    @Test
    void fiftyStartsAtOnceWithoutAKeyMakeExactlyThree() throws Exception {
        try (RunningGateway gateway = gateway(Map.of())) {
            List<HttpResponse<String>> answers = crowd(gateway, _ -> new String[0]);

            assertThat(answers.stream().filter(a -> a.statusCode() == 202)).hasSize(3);
            List<HttpResponse<String>> refused =
                    answers.stream().filter(a -> a.statusCode() == 429).toList();
            assertThat(refused).hasSize(CROWD - 3);
            assertThat(refused)
                    .allSatisfy(answer -> {
                        assertThat(code(answer)).isEqualTo("too_many_jobs");
                        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                    });
        }
    }

    @Test
    void aClientAtItsLimitStillHearsOfWhatItStarted() throws Exception {
        try (RunningGateway gateway = gateway(Map.of())) {
            UUID first = id(gateway.post(START, "{}", "Idempotency-Key", "first"));
            gateway.post(START, "{}");
            gateway.post(START, "{}");

            HttpResponse<String> again = gateway.post(START, "{}", "Idempotency-Key", "first");
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(id(again)).isEqualTo(first);
            HttpResponse<String> other =
                    gateway.post(START, "{\"goal\":\"x\"}", "Idempotency-Key", "first");
            assertThat(other.statusCode()).isEqualTo(422);
            assertThat(code(gateway.post(START, "{}"))).isEqualTo("too_many_jobs");
        }
    }

    @Test
    void anOutcomeMakesRoomOnceHoweverOftenItComes() throws Exception {
        try (RunningGateway gateway = gateway(Map.of())) {
            UUID first = id(gateway.post(START, "{}"));
            gateway.post(START, "{}");
            gateway.post(START, "{}");

            Outcomes.publish(first, "no outcome".getBytes(UTF_8));
            Outcomes.publish(UUID.randomUUID(), EndReason.GOAL);
            Outcomes.publish(first, EndReason.GOAL);
            Outcomes.publish(first, EndReason.GOAL);

            awaitStarted(gateway);
            await().during(Duration.ofSeconds(1))
                    .until(() -> gateway.post(START, "{}").statusCode() == 429);
            assertThat(
                            gateway.metric(
                                    "battlestream_gateway_outcomes_dropped_total"
                                            + "{reason=\"undecodable\"}"))
                    .isEqualTo(1);
        }
    }

    @Test
    void fiftyStartsAtOnceSpendNoMoreThanTheClientsDayHas() throws Exception {
        Map<String, String> bounds =
                Map.of(
                        "battlestream.jobs.running-per-client",
                        "50",
                        "battlestream.jobs.daily-budget",
                        "1.00",
                        "battlestream.jobs.default-budget",
                        "0.07");
        try (RunningGateway gateway = gateway(bounds)) {
            List<HttpResponse<String>> answers = crowd(gateway, _ -> new String[0]);

            List<UUID> started = new ArrayList<>();
            for (HttpResponse<String> answer : answers) {
                if (answer.statusCode() == 202) {
                    started.add(id(answer));
                } else {
                    assertThat(answer.statusCode()).isEqualTo(429);
                    assertThat(code(answer)).isEqualTo("daily_budget_spent");
                    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
                }
            }
            assertThat(started).as("14 × 0.07 fit into 1.00").hasSize(14);
            assertThat(
                            RunningGateway.json(gateway.get("/api/battles/" + started.getFirst()))
                                    .path("state")
                                    .asString())
                    .isEqualTo("queued");

            // It cost 0.01 and 0.01, so that 0.05 come back: 0.02 + 13 × 0.07 + 0.07 is all.
            Outcomes.publish(started.getFirst(), EndReason.GOAL, "0.01");
            awaitStarted(gateway);
            assertThat(code(gateway.post(START, "{\"budgetUsd\":\"0.01\"}")))
                    .isEqualTo("daily_budget_spent");
        }
    }

    @Test
    void aGatewayThatDiesBeforeItPublishesLosesNothingAndRepeatsNothing() throws Exception {
        UUID id;
        try (RunningGateway cutOff =
                gateway(
                        Map.of(
                                "spring.kafka.bootstrap-servers",
                                "127.0.0.1:9",
                                "battlestream.publish-timeout",
                                "300ms"))) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() ->
                            cutOff.get("/api/health")
                                    .body()
                                    .contains("\"database\":{\"status\":\"up\""));
            HttpResponse<String> start = startOnceThereIsASchema(cutOff);
            assertThat(start.statusCode()).as(start.body()).isEqualTo(202);
            id = id(start);
            assertThat(
                            RunningGateway.json(cutOff.get("/api/battles/" + id))
                                    .get("state")
                                    .asString())
                    .isEqualTo("queued");
        }

        try (RunningGateway one = gateway(Map.of("battlestream.jobs.relay-lease", "1s"));
                RunningGateway other = gateway(Map.of("battlestream.jobs.relay-lease", "1s"))) {
            UUID lost = id;
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> !RequestLog.of(Topics.BATTLE_REQUESTS, lost).isEmpty());
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> relayed(one) + relayed(other) == 1);
            assertThat(RequestLog.of(Topics.BATTLE_REQUESTS, id)).hasSize(1);
            HttpResponse<String> again = one.post(START, "{}", "Idempotency-Key", "the-one");
            assertThat(again.statusCode()).isEqualTo(200);
            assertThat(id(again)).isEqualTo(id);
        }
    }

    @Test
    void whatIsNotYetOnTheLogCanBeCanceled() throws Exception {
        try (RunningGateway gateway = gateway(Map.of())) {
            UUID id = id(gateway.post(START, "{}"));

            assertThat(gateway.post("/api/battles/" + id + "/cancel", "").statusCode())
                    .isEqualTo(202);
            assertThat(RequestLog.of(Topics.BATTLE_CANCELLATIONS, id)).hasSize(1);
        }
    }

    @Test
    void anOutcomeThatWasMissedIsFoundWhenItsTimeIsOver() throws Exception {
        try (RunningGateway gateway = gateway(impatient())) {
            UUID ended = id(gateway.post(START, "{\"timeoutSeconds\":1}"));
            UUID plays = id(gateway.post(START, "{\"timeoutSeconds\":1}"));
            UUID unknown = id(gateway.post(START, "{\"timeoutSeconds\":1}"));
            report.battle(ended).turn("hello").ends("completed", "goal");
            report.battle(plays).turn("hello");

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> healed(gateway, "missed") == 1 && healed(gateway, "lost") == 1);

            assertThat(gateway.post(START, "{}").statusCode()).isEqualTo(202);
            assertThat(gateway.post(START, "{}").statusCode()).isEqualTo(202);
            assertThat(gateway.post(START, "{}").statusCode()).isEqualTo(429);
            assertThat(
                            RunningGateway.json(gateway.get("/api/battles/" + unknown))
                                    .at("/failure/class")
                                    .asString())
                    .isEqualTo("platform");
            assertThat(healed(gateway, "late")).isPositive();
        }
    }

    private static Map<String, String> impatient() {
        return Map.of(
                "battlestream.jobs.overdue-margin", "0s", "battlestream.jobs.heal-every", "200ms");
    }

    private RunningGateway gateway(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>();
        all.put("spring.datasource.url", database);
        all.put("battlestream.jobs.running-per-client", "3");
        all.put("battlestream.jobs.publish-after", "500ms");
        all.put("battlestream.jobs.outcome-group", "admission-" + database.hashCode());
        all.putAll(settings);
        RunningGateway gateway = RunningGateway.start(report.url(), all);
        if (!settings.containsKey("spring.kafka.bootstrap-servers")) {
            gateway.awaitReady();
        }
        return gateway;
    }

    private static List<HttpResponse<String>> crowd(
            RunningGateway gateway, IntFunction<String[]> headers) throws Exception {
        List<HttpResponse<String>> answers = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> calls =
                    IntStream.range(0, CROWD)
                            .mapToObj(i ->
                                    clients.submit(
                                            () -> gateway.post(START, "{}", headers.apply(i))))
                            .toList();
            for (Future<HttpResponse<String>> call : calls) {
                answers.add(call.get());
            }
        }
        return answers;
    }

    private static HttpResponse<String> startOnceThereIsASchema(RunningGateway gateway) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> gateway.post(START, "{}", "Idempotency-Key", "the-one"),
                        answer -> answer.statusCode() != 503);
    }

    private static void awaitStarted(RunningGateway gateway) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> gateway.post(START, "{}").statusCode() == 202);
    }

    private static double relayed(RunningGateway gateway) throws Exception {
        return gateway.metric("battlestream_gateway_requests_total{publication=\"relayed\"");
    }

    private static double healed(RunningGateway gateway, String what) throws Exception {
        return gateway.metric("battlestream_gateway_jobs_healed_total{what=\"" + what + "\"");
    }

    private static UUID id(HttpResponse<String> answer) {
        return UUID.fromString(RunningGateway.json(answer).get("battleId").asString());
    }

    private static String code(HttpResponse<String> answer) {
        return RunningGateway.json(answer).get("code").asString();
    }
}
