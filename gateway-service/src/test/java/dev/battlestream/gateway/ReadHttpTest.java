package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReadHttpTest extends HttpContract {

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
        UUID run = UUID.randomUUID();
        report.battle(id).ofRun(run).turn("hello").ends("failed", "error");

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
                                 "endedAt":"2026-01-01T00:00:09Z","runId":"%2$s"}\
                                """
                                        .formatted(id, run)));
        assertThat(gateway.get("/api/battles/" + id).body()).isEqualTo(response.body());
        assertThat(gateway.get("/api/battles/" + id.toString().toUpperCase(Locale.ROOT)).body())
                .isEqualTo(response.body());
    }

    @Test
    void aStatusThatDidNotChangeIsNotSentAgain() throws Exception {
        UUID id = UUID.randomUUID();
        BattleDouble battle = report.battle(id);
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
        BattleDouble battle = report.battle(id);
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
                                 "model":"scripted:goal-at-4","answeredBy":"spare:never",
                                 "latencyMs":56,
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
                                  "createdAt":"2026-01-01T00:00:02Z","progress":0.25,
                                  "stages":[{"stage":"fast","verdict":"no","confidence":0.75,
                                   "reason":"not yet","model":"scripted:judge","tokensIn":1,
                                   "tokensOut":2,"latencyMs":7,"costUsd":"0.00001",
                                   "criteriaApplied":["fast:goal"],"promptVersion":"fast/1",
                                   "attempt":1,"progress":0.25,"answeredBy":"spare:judge"}]}],
                                 "nextTurn":2,"total":3,"complete":false}\
                                """));
    }

    @Test
    void thePageBehindTheLastIsEmptyAndComplete() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("a").turn("b").turn("c").ends("completed", "goal");
        String messages = "/api/battles/" + id + "/messages";

        JsonNode last = RunningGateway.json(gateway.get(messages + "?page=2&limit=2"));
        assertThat(last.get("messages")).hasSize(1);
        assertThat(last.get("nextSeq").asInt()).isEqualTo(3);
        assertThat(last.get("complete").asBoolean()).isTrue();

        JsonNode behind = RunningGateway.json(gateway.get(messages + "?page=3&limit=2"));
        assertThat(behind.get("messages")).isEmpty();
        assertThat(behind.get("total").asInt()).isEqualTo(3);
        assertThat(behind.get("complete").asBoolean()).isTrue();
    }

    @Test
    void aPageHasAHundredRowsUnlessAskedForOtherwise() throws Exception {
        UUID id = UUID.randomUUID();
        for (int i = 1; i <= 201; i++) {
            report.battle(id).turn("content " + i);
        }

        for (String list : List.of("messages", "verdicts")) {
            String path = "/api/battles/" + id + "/" + list;
            assertThat(RunningGateway.json(gateway.get(path)).get(list)).hasSize(100);
            assertThat(RunningGateway.json(gateway.get(path + "?limit=200")).get(list))
                    .hasSize(200);
        }
    }

    @Test
    void aPageHasOneToTwoHundredRows() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("a");

        for (String list : List.of("messages", "verdicts")) {
            String path = "/api/battles/" + id + "/" + list;
            assertThat(gateway.get(path + "?limit=1").statusCode()).isEqualTo(200);
            assertThat(gateway.get(path + "?limit=200").statusCode()).isEqualTo(200);
            for (String limit : List.of("0", "201", "-1", "1.5", "x")) {
                assertProblem(
                        gateway.get(path + "?limit=" + limit),
                        400,
                        "invalid_request",
                        path,
                        "limit");
            }
        }
    }

    @Test
    void headAnswersAsGetWithoutABody() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("a");
        report.lists(200, "{\"battles\":[]}");

        for (String path :
                List.of(
                        "/api/battles",
                        "/api/battles/" + id,
                        "/api/battles/" + id + "/status",
                        "/api/battles/" + id + "/messages",
                        "/api/battles/" + id + "/verdicts")) {
            HttpResponse<String> get = gateway.get(path);
            HttpResponse<String> head =
                    gateway.send(gateway.request(path).method("HEAD", BodyPublishers.noBody()));
            assertThat(head.statusCode()).as(path).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("Content-Type"))
                    .isEqualTo(get.headers().firstValue("Content-Type"));
            assertThat(head.headers().firstValue("ETag"))
                    .isEqualTo(get.headers().firstValue("ETag"));
        }
        assertThat(
                        gateway.send(
                                        gateway.request("/api/battles/" + UUID.randomUUID())
                                                .method("HEAD", BodyPublishers.noBody()))
                                .statusCode())
                .isEqualTo(404);
    }

    @Test
    void oneTagOfSeveralIsEnough() throws Exception {
        String path = "/api/battles/" + UUID.randomUUID() + "/status";
        report.battle(UUID.fromString(path.substring(13, 49)));
        String etag = gateway.get(path).headers().firstValue("ETag").orElseThrow();

        for (String tags : List.of("W/" + etag, "\"other\", " + etag)) {
            assertThat(gateway.get(path, "If-None-Match", tags).statusCode())
                    .as(tags)
                    .isEqualTo(304);
        }
        assertThat(gateway.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    }

    @Test
    void whoeverHasAnyStatusAlreadyIsSentNone() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("a");

        for (String path : List.of("/api/battles/" + id, "/api/battles/" + id + "/status")) {
            HttpResponse<String> any = gateway.get(path, "If-None-Match", "*");

            assertThat(any.statusCode()).as(path).isEqualTo(304);
            assertThat(any.body()).isEmpty();
            assertThat(any.headers().firstValue("ETag"))
                    .isEqualTo(gateway.get(path).headers().firstValue("ETag"));
        }
        assertThat(
                        gateway.get("/api/battles/" + UUID.randomUUID(), "If-None-Match", "*")
                                .statusCode())
                .as("of what does not exist there is none")
                .isEqualTo(404);
    }

    @Test
    void everyPathOfAStreamIsTheSameStream() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("a").ends("completed", "goal");

        String byBattle = gateway.get("/api/battles/" + id + "/stream").body();

        assertThat(byBattle).contains("event: message", "event: verdict", "event: ended");
        assertThat(gateway.get("/api/stream/" + id).body()).isEqualTo(byBattle);
        for (String path : List.of("/api/stream/17", "/api/battles/17/stream")) {
            assertProblem(gateway.get(path), 400, "invalid_request", path, "id");
        }
        for (String end : List.of("/messages", "/verdicts", "/status")) {
            String path = "/api/battles/not-an-id" + end;
            assertProblem(gateway.get(path), 400, "invalid_request", path, "id");
        }
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
}
