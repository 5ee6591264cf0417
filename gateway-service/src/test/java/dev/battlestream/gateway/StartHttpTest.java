package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.MatchEffect;
import dev.battlestream.events.MismatchEffect;
import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.OpeningMessage;
import dev.battlestream.events.OpeningRole;
import dev.battlestream.events.Opponent;
import dev.battlestream.events.Plateau;
import dev.battlestream.events.Validator;
import dev.battlestream.events.ValidatorCombination;
import dev.battlestream.events.ValidatorType;
import dev.battlestream.schemas.Topics;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StartHttpTest extends HttpContract {

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
                 "opponent":{"model":"scripted:never","systemPrompt":"Be angry.",
                   "stopWords":["goodbye"]},
                 "messageLimit":7,"maxTokensPerTurn":512,"temperature":0.2,
                 "seed":9223372036854775807,"budgetUsd":"0.50","timeoutSeconds":60,
                 "judge":{"validators":[
                    {"type":"regex","pattern":"refund(ed)?","onMatch":"pass"},
                    {"type":"contains","pattern":"no","onMatch":"fail"},
                    {"type":"numericRange","min":0.1,"max":"12345678901234567890.5",
                     "onMismatch":"fail"}],
                  "combine":"all",
                  "fast":{"model":"scripted:judge","rubric":"Strict."},
                  "strong":{"rubric":"Stricter."},"plateau":{"turns":5}},
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
                                .setOpponent(
                                        new Opponent(
                                                "scripted:never", "Be angry.", List.of("goodbye")))
                                .setMessageLimit(7)
                                .setMaxTokensPerTurn(512)
                                .setTemperature(0.2)
                                .setSeed(Long.MAX_VALUE)
                                .setBudgetUsd(new BigDecimal("0.500000000"))
                                .setTimeoutSeconds(60)
                                .setJudging(
                                        JudgingPolicy.newBuilder()
                                                .setValidators(
                                                        List.of(
                                                                validator(
                                                                        ValidatorType.REGEX,
                                                                        "refund(ed)?",
                                                                        MatchEffect.PASS),
                                                                validator(
                                                                        ValidatorType.CONTAINS,
                                                                        "no",
                                                                        MatchEffect.FAIL),
                                                                Validator.newBuilder(
                                                                                validator(
                                                                                        ValidatorType
                                                                                                .NUMERIC_RANGE,
                                                                                        "",
                                                                                        MatchEffect
                                                                                                .PASS))
                                                                        .setOnMismatch(
                                                                                MismatchEffect.FAIL)
                                                                        .setMin("0.1")
                                                                        .setMax(
                                                                                "12345678901234567890.5")
                                                                        .build()))
                                                .setCombine(ValidatorCombination.ALL)
                                                .setFast(
                                                        new ModelJudge("scripted:judge", "Strict."))
                                                .setStrong(new ModelJudge("", "Stricter."))
                                                .setPlateau(new Plateau(5))
                                                .build())
                                .setLabels(Map.of("suite", "checkout", "team", "a"))
                                .setRunId(null)
                                .build());
        assertThat(request.getRequestedAt())
                .isBetween(Instant.now().minus(1, ChronoUnit.MINUTES), Instant.now());
        assertThat(header(records.getFirst(), "x-request-id")).isEqualTo("order-7");
        assertThat(header(records.getFirst(), "traceparent")).isEqualTo(TRACE);
    }

    private static Validator validator(ValidatorType type, String pattern, MatchEffect onMatch) {
        return Validator.newBuilder().setType(type).setPattern(pattern).setOnMatch(onMatch).build();
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
                         "judge":{"strong":{"model":"nocolon"},"validators":[{"type":"regex","pattern":"["}]}}\
                        """
                                .formatted(id));

        assertProblem(
                response,
                400,
                "invalid_request",
                "/api/battles/start",
                "messageLimit",
                "nonsense",
                "judge.strong.model",
                "judge.validators[0].pattern");
        assertThat(RequestLog.of(Topics.BATTLE_REQUESTS, id)).isEmpty();
    }
}
