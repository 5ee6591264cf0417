package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.CancelReason;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.MatchEffect;
import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.OpeningMessage;
import dev.battlestream.events.OpeningRole;
import dev.battlestream.events.Opponent;
import dev.battlestream.events.Validator;
import dev.battlestream.events.ValidatorType;
import dev.battlestream.schemas.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BattleHttpTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static ReportDouble report;
    private static RunningGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        report = new ReportDouble();
        gateway = RunningGateway.start(report.url(), Map.of());
        await().atMost(Duration.ofSeconds(60))
                .until(() -> gateway.get("/actuator/health/readiness").statusCode() == 200);
    }

    @AfterAll
    static void stop() {
        gateway.close();
        report.close();
    }

    @Test
    void aStartIsAcceptedOnceItsRequestIsInTheLog() throws Exception {
        HttpResponse<String> response = gateway.post("/api/battles/start", "{}");

        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode body = RunningGateway.json(response);
        String id = body.get("battleId").asString();
        assertThat(body)
                .isEqualTo(
                        RunningGateway.JSON.readTree(
                                """
                                {"jobId":"%1$s","battleId":"%1$s","conversationId":"%1$s",
                                 "state":"queued","links":{
                                  "status":"/api/battles/%1$s",
                                  "messages":"/api/battles/%1$s/messages",
                                  "verdicts":"/api/battles/%1$s/verdicts",
                                  "stream":"/api/stream/%1$s",
                                  "cancel":"/api/battles/%1$s/cancel"}}\
                                """
                                        .formatted(id)));
        assertThat(response.headers().firstValue("Location")).contains("/api/battles/" + id);
        assertThat(RequestLog.of(Topics.BATTLE_REQUESTS, UUID.fromString(id))).hasSize(1);
    }

    @Test
    void everyFieldOfTheBodyIsInTheRecord() throws Exception {
        UUID id = UUID.randomUUID();
        String body =
                """
                {"battleId":"%s","agentId":"support-bot","model":"openai:gpt-4o-mini",
                 "systemPrompt":"Be kind. \\u00e9","goal":"Refund.",
                 "opening":[{"role":"user","content":"Hello"},{"role":"agent","content":"Hi"}],
                 "opponent":{"model":"scripted:never","systemPrompt":"Be angry."},
                 "messageLimit":7,"maxTokensPerTurn":512,"temperature":0.2,
                 "budgetUsd":"0.50","timeoutSeconds":60,
                 "judge":{"validators":[
                    {"type":"regex","pattern":"refund(ed)?","onMatch":"pass"},
                    {"type":"contains","pattern":"no","onMatch":"fail"},
                    {"type":"equals","pattern":"yes"}],
                  "fast":{"model":"scripted:judge","rubric":"Strict."}},
                 "labels":{"suite":"checkout","team":"a"}}\
                """
                        .formatted(id);

        HttpResponse<String> response =
                gateway.post(
                        "/api/battles/start",
                        body,
                        "X-Request-Id",
                        "order-7",
                        "traceparent",
                        TRACE);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        List<ConsumerRecord<String, BattleRequested>> records =
                RequestLog.of(Topics.BATTLE_REQUESTS, id);
        assertThat(records).hasSize(1);
        BattleRequested request = records.getFirst().value();
        assertThat(request)
                .isEqualTo(
                        BattleRequested.newBuilder()
                                .setBattleId(id.toString())
                                .setRequestedAt(request.getRequestedAt())
                                .setClientId("address:127.0.0.1")
                                .setAgentId("support-bot")
                                .setModel("openai:gpt-4o-mini")
                                .setSystemPrompt("Be kind. é")
                                .setGoal("Refund.")
                                .setOpening(
                                        List.of(
                                                new OpeningMessage(OpeningRole.USER, "Hello"),
                                                new OpeningMessage(OpeningRole.AGENT, "Hi")))
                                .setOpponent(new Opponent("scripted:never", "Be angry."))
                                .setMessageLimit(7)
                                .setMaxTokensPerTurn(512)
                                .setTemperature(0.2)
                                .setBudgetUsd(new BigDecimal("0.500000000"))
                                .setTimeoutSeconds(60)
                                .setJudging(
                                        new JudgingPolicy(
                                                List.of(
                                                        new Validator(
                                                                ValidatorType.REGEX,
                                                                "refund(ed)?",
                                                                MatchEffect.PASS),
                                                        new Validator(
                                                                ValidatorType.CONTAINS,
                                                                "no",
                                                                MatchEffect.FAIL),
                                                        new Validator(
                                                                ValidatorType.EQUALS,
                                                                "yes",
                                                                MatchEffect.PASS)),
                                                new ModelJudge("scripted:judge", "Strict.")))
                                .setLabels(Map.of("suite", "checkout", "team", "a"))
                                .setRunId(null)
                                .build());
        assertThat(request.getRequestedAt())
                .isBetween(Instant.now().minus(1, ChronoUnit.MINUTES), Instant.now());
        assertThat(header(records.getFirst(), "x-request-id")).isEqualTo("order-7");
        assertThat(header(records.getFirst(), "traceparent")).isEqualTo(TRACE);
    }

    @Test
    void whatWasLeftOutIsInTheRecordAsItsDefault() throws Exception {
        UUID id = start("{}");

        BattleRequested request = RequestLog.of(Topics.BATTLE_REQUESTS, id).getFirst().value();

        assertThat(request)
                .isEqualTo(
                        BattleRequested.newBuilder()
                                .setBattleId(id.toString())
                                .setRequestedAt(request.getRequestedAt())
                                .setClientId("address:127.0.0.1")
                                .build());
    }

    @Test
    void aBattleIsQueuedFromTheMomentItIsAccepted() throws Exception {
        UUID id = start("{}");

        HttpResponse<String> status = gateway.get("/api/battles/" + id);
        assertThat(status.statusCode()).isEqualTo(200);
        assertThat(RunningGateway.json(status).get("state").asString()).isEqualTo("queued");
        assertThat(RunningGateway.json(gateway.get("/api/battles/" + id + "/messages")))
                .isEqualTo(
                        RunningGateway.JSON.readTree(
                                "{\"messages\":[],\"nextSeq\":0,\"total\":0,\"complete\":false}"));
        assertThat(RunningGateway.json(gateway.get("/api/battles/" + id + "/verdicts?sinceTurn=3")))
                .isEqualTo(
                        RunningGateway.JSON.readTree(
                                "{\"verdicts\":[],\"nextTurn\":3,\"total\":0,\"complete\":false}"));
    }

    @Test
    void anIdempotencyKeyStartsOneBattleHoweverOftenItComes() throws Exception {
        String key = UUID.randomUUID().toString();

        HttpResponse<String> first =
                gateway.post("/api/battles/start", "{\"goal\":\"x\"}", "Idempotency-Key", key);
        HttpResponse<String> again =
                gateway.post("/api/battles/start", "{ \"goal\" : \"x\" }", "Idempotency-Key", key);

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(again.body()).isEqualTo(first.body());
        UUID id = UUID.fromString(RunningGateway.json(first).get("battleId").asString());
        assertThat(RequestLog.of(Topics.BATTLE_REQUESTS, id)).hasSize(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() throws Exception {
        String key = UUID.randomUUID().toString();
        gateway.post("/api/battles/start", "{\"goal\":\"x\"}", "Idempotency-Key", key);

        HttpResponse<String> other =
                gateway.post("/api/battles/start", "{\"goal\":\"y\"}", "Idempotency-Key", key);

        assertProblem(other, 422, "idempotency_mismatch", "/api/battles/start");
    }

    @Test
    void aBattleIdIsAsGoodAsAKey() throws Exception {
        String body = "{\"battleId\":\"%s\",\"goal\":\"x\"}".formatted(UUID.randomUUID());

        assertThat(gateway.post("/api/battles/start", body).statusCode()).isEqualTo(202);
        assertThat(gateway.post("/api/battles/start", body).statusCode()).isEqualTo(200);
        assertProblem(
                gateway.post("/api/battles/start", body.replace("\"x\"", "\"y\"")),
                422,
                "idempotency_mismatch",
                "/api/battles/start");
    }

    @Test
    void aKeyOfABattleThatOnlyTheReportServiceRemembersIsReplayed() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("hello").ends("completed", "goal");

        HttpResponse<String> response =
                gateway.post("/api/battles/start", "{\"battleId\":\"%s\"}".formatted(id));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(RunningGateway.json(response).get("state").asString()).isEqualTo("completed");
        assertThat(RequestLog.of(Topics.BATTLE_REQUESTS, id)).isEmpty();
    }

    @Test
    void manyStartsWithOneKeyAtTheSameTimeMakeOneBattle() throws Exception {
        String key = UUID.randomUUID().toString();
        List<HttpResponse<String>> responses = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> calls = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                calls.add(
                        clients.submit(() ->
                                gateway.post("/api/battles/start", "{}", "Idempotency-Key", key)));
            }
            for (Future<HttpResponse<String>> call : calls) {
                responses.add(call.get());
            }
        }

        assertThat(responses).extracting(HttpResponse::statusCode).isSubsetOf(200, 202);
        assertThat(
                        responses.stream()
                                .map(r -> RunningGateway.json(r).get("battleId").asString())
                                .distinct())
                .hasSize(1);
    }

    @Test
    void anUnreadableKeyIsRefused() throws Exception {
        assertProblem(
                gateway.post("/api/battles/start", "{}", "Idempotency-Key", "x".repeat(201)),
                400,
                "invalid_request",
                "/api/battles/start",
                "Idempotency-Key");
        assertProblem(
                gateway.post(
                        "/api/battles/start",
                        "{\"battleId\":\"%s\"}".formatted(UUID.randomUUID()),
                        "Idempotency-Key",
                        "k"),
                400,
                "invalid_request",
                "/api/battles/start",
                "battleId");
    }

    @Test
    void anInvalidStartTellsAllErrorsAndPublishesNothing() throws Exception {
        UUID id = UUID.randomUUID();
        HttpResponse<String> response =
                gateway.post(
                        "/api/battles/start",
                        """
                        {"battleId":"%s","messageLimit":26,"nonsense":1,
                         "judge":{"strong":{"model":"a:b"},"validators":[{"type":"regex","pattern":"["}]}}\
                        """
                                .formatted(id));

        assertProblem(
                response,
                400,
                "invalid_request",
                "/api/battles/start",
                "messageLimit",
                "nonsense",
                "judge.strong",
                "judge.validators[0].pattern");
        assertThat(RequestLog.of(Topics.BATTLE_REQUESTS, id)).isEmpty();
    }

    @Test
    void brokenJsonIsToldWithItsPlace() throws Exception {
        for (String body : List.of("{", "{\"a\":1,}", "{}{}", "{\"goal\":1,\"goal\":2}")) {
            HttpResponse<String> response = gateway.post("/api/battles/start", body);
            assertProblem(response, 400, "malformed_json", "/api/battles/start");
            assertThat(RunningGateway.json(response).get("detail").asString())
                    .as(body)
                    .startsWith("The body cannot be read as JSON, at line 1, column ");
        }
        assertProblem(
                gateway.post("/api/battles/start", "[".repeat(50_000)),
                400,
                "malformed_json",
                "/api/battles/start");
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherItSaysSoOrNot() throws Exception {
        String body = "{\"goal\":\"" + "x".repeat(900_000) + "\"}";

        assertProblem(
                gateway.post("/api/battles/start", body),
                413,
                "body_too_large",
                "/api/battles/start");
        assertProblem(
                gateway.send(
                        gateway.request("/api/battles/start")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(body)))),
                413,
                "body_too_large",
                "/api/battles/start");
    }

    @Test
    void otherMediaTypesMethodsAndPathsAreProblemsToo() throws Exception {
        assertProblem(
                gateway.send(
                        gateway.request("/api/battles/start")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString("{}"))),
                415,
                "unsupported_media_type",
                "/api/battles/start");
        HttpResponse<String> method = gateway.get("/api/battles/" + UUID.randomUUID() + "/cancel");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow")).contains("POST");
        assertThat(RunningGateway.json(method).get("code").asString())
                .isEqualTo("method_not_allowed");
        for (String path : List.of("/", "/api", "/api/unknown", "/favicon.ico", "/error")) {
            assertProblem(gateway.get(path), 404, "unknown_path", path);
        }
        UUID id = UUID.randomUUID();
        report.battle(id);
        assertProblem(
                gateway.get("/api/battles/" + id, "Accept", "image/png"),
                406,
                "not_acceptable",
                "/api/battles/" + id);
    }

    @Test
    void whatIsNoHttpIsAnsweredByAProblemAsWell() throws Exception {
        for (String request :
                List.of(
                        "GET /api/battles/a|b{c} HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                        "GET / HTTP/1.1\r\n\r\n")) {
            String answer = RawHttp.exchange(gateway.port(), request);
            assertThat(answer)
                    .as(request)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json")
                    .contains("\"code\":\"malformed_request\"")
                    .containsIgnoringCase("X-Request-Id: ")
                    .doesNotContain("Tomcat")
                    .doesNotContain("<html");
        }
    }

    @Test
    void hostileRequestsAreAnsweredByProblemsAndNeverByAFailure() throws Exception {
        HostileRequests hostile = new HostileRequests(7);
        for (int i = 0; i < 600; i++) {
            String request = hostile.next();
            String answer = RawHttp.exchange(gateway.port(), request);
            String asked = "request %d: %s".formatted(i, request);
            assertThat(answer).as(asked).matches("(?s)HTTP/1\\.1 [234]\\d\\d.*");
            assertThat(answer).as(asked).containsIgnoringCase("X-Request-Id: ");
            if (answer.startsWith("HTTP/1.1 4")) {
                assertThat(answer).as(asked).contains("Content-Type: application/problem+json");
            }
        }
    }

    @Test
    void everyAnswerCarriesARequestId() throws Exception {
        HttpResponse<String> taken = gateway.get("/api/unknown", "X-Request-Id", "mine-1");
        HttpResponse<String> made = gateway.get("/api/unknown", "X-Request-Id", "not sane");

        assertThat(taken.headers().allValues("X-Request-Id")).containsExactly("mine-1");
        assertThat(RunningGateway.json(taken).get("requestId").asString()).isEqualTo("mine-1");
        String id = made.headers().firstValue("X-Request-Id").orElseThrow();
        assertThat(UUID.fromString(id)).isNotNull();
        assertThat(RunningGateway.json(made).get("requestId").asString()).isEqualTo(id);
    }

    @Test
    void theReportServiceHearsWhoAsks() throws Exception {
        gateway.get(
                "/api/battles/" + UUID.randomUUID(), "X-Request-Id", "who-7", "traceparent", TRACE);

        assertThat(report.lastHeaders())
                .containsEntry("X-request-id", List.of("who-7"))
                .containsEntry("Traceparent", List.of(TRACE));
    }

    @Test
    void aStatusIsTheReportServicesInTheShapeOfTheContract() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("hello").ends("failed", "error");

        HttpResponse<String> response = gateway.get("/api/battles/" + id + "/status");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(RunningGateway.json(response))
                .isEqualTo(
                        RunningGateway.JSON.readTree(
                                """
                                {"jobId":"%1$s","conversationId":"%1$s","state":"failed",
                                 "progress":1.0,"turn":1,"messageCount":1,"lastSeq":1,
                                 "lastActivityAt":"2026-01-01T00:00:02Z","endedReason":"error",
                                 "failure":{"class":"provider","detail":"It broke."},
                                 "usage":{"tokensIn":12,"tokensOut":34,"costUsd":"0.00013",
                                  "byRole":{"agent":{"calls":1,"tokensIn":12,"tokensOut":34,
                                   "costUsd":"0.00012"}}},
                                 "startedAt":"2026-01-01T00:00:00Z",
                                 "endedAt":"2026-01-01T00:00:09Z"}\
                                """
                                        .formatted(id)));
        assertThat(gateway.get("/api/battles/" + id).body()).isEqualTo(response.body());
        assertThat(gateway.get("/api/battles/" + id.toString().toUpperCase(Locale.ROOT)).body())
                .isEqualTo(response.body());
    }

    @Test
    void aStatusThatDidNotChangeIsNotSentAgain() throws Exception {
        UUID id = UUID.randomUUID();
        ReportDouble.Battle battle = report.battle(id);
        String etag = gateway.get("/api/battles/" + id).headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> same = gateway.get("/api/battles/" + id, "If-None-Match", etag);
        assertThat(same.statusCode()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers().firstValue("ETag")).contains(etag);

        battle.turn("hello");
        HttpResponse<String> changed = gateway.get("/api/battles/" + id, "If-None-Match", etag);
        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(changed.headers().firstValue("ETag")).isNotEqualTo(etag);
    }

    @Test
    void messagesAreReadPageByPageUntilComplete() throws Exception {
        UUID id = UUID.randomUUID();
        ReportDouble.Battle battle = report.battle(id);
        for (int i = 1; i <= 5; i++) {
            battle.turn("content " + i);
        }
        battle.ends("completed", "limit");

        List<Integer> seqs = new ArrayList<>();
        int since = 0;
        boolean complete = false;
        while (!complete) {
            JsonNode page =
                    RunningGateway.json(
                            gateway.get(
                                    "/api/battles/%s/messages?sinceSeq=%d&limit=2"
                                            .formatted(id, since)));
            page.get("messages").forEach(message -> seqs.add(message.get("seq").asInt()));
            since = page.get("nextSeq").asInt();
            complete = page.get("complete").asBoolean();
            assertThat(page.get("total").asInt()).isEqualTo(5);
        }

        assertThat(seqs).containsExactly(1, 2, 3, 4, 5);
        JsonNode third =
                RunningGateway.json(gateway.get("/api/battles/" + id + "/messages?page=2&limit=2"));
        assertThat(third.get("messages").get(0))
                .isEqualTo(
                        RunningGateway.JSON.readTree(
                                """
                                {"seq":3,"turn":3,"role":"agent","content":"content 3",
                                 "tokensIn":12,"tokensOut":34,"costUsd":"0.00012",
                                 "model":"scripted:goal-at-4","latencyMs":56,
                                 "createdAt":"2026-01-01T00:00:01.123456Z"}\
                                """));
    }

    @Test
    void verdictsAreReadBehindATurn() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("a").turn("b").turn("c");

        JsonNode page =
                RunningGateway.json(
                        gateway.get("/api/battles/" + id + "/verdicts?sinceTurn=1&limit=1"));

        assertThat(page)
                .isEqualTo(
                        RunningGateway.JSON.readTree(
                                """
                                {"verdicts":[{"turn":2,"seq":2,"verdict":"no","decidedBy":"fast",
                                  "confidence":0.75,"criteriaApplied":["fast:goal"],
                                  "reason":"not yet","model":"scripted:judge",
                                  "tokensIn":1,"tokensOut":2,"latencyMs":7,"costUsd":"0.00001",
                                  "createdAt":"2026-01-01T00:00:02Z",
                                  "stages":[{"stage":"fast","verdict":"no","confidence":0.75}]}],
                                 "nextTurn":2,"total":3,"complete":false}\
                                """));
    }

    @Test
    void nonsenseInPathsAndParametersIsToldByName() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id);
        String battle = "/api/battles/" + id;

        assertProblem(
                gateway.get(battle + "/messages?sinceSeq=-1&limit=201&page=0"),
                400,
                "invalid_request",
                battle + "/messages",
                "limit",
                "sinceSeq",
                "page",
                "page");
        assertProblem(
                gateway.get(battle + "/verdicts?sinceTurn=x&limit="),
                400,
                "invalid_request",
                battle + "/verdicts",
                "limit",
                "sinceTurn");
        assertProblem(
                gateway.get("/api/battles/17"), 400, "invalid_request", "/api/battles/17", "id");
    }

    @Test
    void aBattleThatNobodyKnowsIsNotFound() throws Exception {
        String battle = "/api/battles/" + UUID.randomUUID();

        for (String path : List.of("", "/status", "/messages", "/verdicts")) {
            assertProblem(gateway.get(battle + path), 404, "battle_not_found", battle + path);
        }
        assertProblem(
                gateway.post(battle + "/cancel", ""), 404, "battle_not_found", battle + "/cancel");
    }

    @Test
    void aCancellationIsAcknowledgedOnceItIsInTheLog() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("hello");

        HttpResponse<String> response =
                gateway.post("/api/battles/" + id + "/cancel", "", "X-Request-Id", "stop-1");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(RunningGateway.json(response))
                .isEqualTo(
                        RunningGateway.JSON.readTree(
                                "{\"acknowledged\":true,\"state\":\"running\"}"));
        List<ConsumerRecord<String, BattleCancelRequested>> records =
                RequestLog.of(Topics.BATTLE_CANCELLATIONS, id);
        assertThat(records).hasSize(1);
        BattleCancelRequested request = records.getFirst().value();
        assertThat(request)
                .isEqualTo(
                        BattleCancelRequested.newBuilder()
                                .setBattleId(id.toString())
                                .setReason(CancelReason.MANUAL)
                                .setClientId("address:127.0.0.1")
                                .setRequestedAt(request.getRequestedAt())
                                .build());
        assertThat(header(records.getFirst(), "x-request-id")).isEqualTo("stop-1");
        assertThat(gateway.post("/api/battles/" + id + "/cancel", "").statusCode())
                .as("again")
                .isEqualTo(202);
    }

    @Test
    void aBattleCanBeCanceledTheMomentAfterItsStart() throws Exception {
        UUID id = start("{}");

        HttpResponse<String> response = gateway.post("/api/battles/" + id + "/cancel", "");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(RequestLog.of(Topics.BATTLE_CANCELLATIONS, id)).hasSize(1);
    }

    @Test
    void whatHasEndedCannotBeCanceledButACanceledBattleCanAgain() throws Exception {
        UUID ended = UUID.randomUUID();
        report.battle(ended).ends("completed", "goal");
        UUID canceled = UUID.randomUUID();
        report.battle(canceled).ends("canceled", "manual");

        assertProblem(
                gateway.post("/api/battles/" + ended + "/cancel", ""),
                409,
                "battle_ended",
                "/api/battles/" + ended + "/cancel");
        HttpResponse<String> again = gateway.post("/api/battles/" + canceled + "/cancel", "");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(RunningGateway.json(again).get("state").asString()).isEqualTo("canceled");
        assertThat(RequestLog.of(Topics.BATTLE_CANCELLATIONS, canceled)).isEmpty();
    }

    @Test
    void healthNamesEveryDependency() throws Exception {
        HttpResponse<String> response = gateway.get("/api/health");

        JsonNode health = RunningGateway.json(response);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(health.get("status").asString()).isEqualTo("degraded");
        assertThat(health.at("/broker/status").asString()).isEqualTo("up");
        assertThat(health.at("/registry/status").asString()).isEqualTo("up");
        assertThat(health.at("/services/report/status").asString()).isEqualTo("up");
        assertThat(health.at("/services/runner/status").asString()).isEqualTo("down");
        assertThat(health.at("/services/judge/status").asString()).isEqualTo("down");
        assertThat(gateway.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/actuator/prometheus").body())
                .contains("http_server_requests_seconds_count")
                .contains("battlestream_gateway_stream_viewers");
        assertThat(gateway.get("/actuator/env").statusCode()).isEqualTo(404);
    }

    private static UUID start(String body) throws Exception {
        HttpResponse<String> response = gateway.post("/api/battles/start", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return UUID.fromString(RunningGateway.json(response).get("battleId").asString());
    }

    private static String header(ConsumerRecord<?, ?> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }

    /** Checks the whole document; with fields, that exactly these have errors. */
    private static void assertProblem(
            HttpResponse<String> response, int status, String code, String path, String... fields) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        JsonNode problem = RunningGateway.json(response);
        Set<String> names = Set.copyOf(problem.propertyNames());
        assertThat(names)
                .contains("type", "title", "status", "detail", "instance", "code", "requestId");
        assertThat(problem.get("type").asString())
                .isEqualTo("urn:battlestream:problem:" + code.replace('_', '-'));
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("instance").asString()).isEqualTo(path);
        assertThat(problem.get("requestId").asString())
                .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
        List<String> found = new ArrayList<>();
        if (problem.has("errors")) {
            problem.get("errors").forEach(error -> found.add(error.get("field").asString()));
        }
        assertThat(found).containsExactlyInAnyOrder(fields);
    }
}
