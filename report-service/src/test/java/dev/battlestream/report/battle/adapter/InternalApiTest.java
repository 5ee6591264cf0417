package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.EndReason;
import dev.battlestream.schemas.DeadLetter;
import dev.battlestream.schemas.Topics;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The internal API of one instance: reads, their errors, and where they come from. */
class InternalApiTest extends OneInstance {

    @Test
    void aStatusHasTheShapeOfTheContractAndNoPrompts() {
        String id = newBattle();
        publisher.publish(Records.requested(id));
        publishTurn(id, 1, 1);
        publisher.publish(Records.ended(id, EndReason.ERROR, 1, 1, 1));
        JsonNode status = awaitState(id, "failed");

        assertThat(status.propertyNames())
                .containsExactlyInAnyOrder(
                        "jobId",
                        "battleId",
                        "conversationId",
                        "state",
                        "progress",
                        "turn",
                        "messageCount",
                        "lastSeq",
                        "lastActivityAt",
                        "endedReason",
                        "failure",
                        "usage",
                        "startedAt",
                        "endedAt",
                        "runId",
                        "model",
                        "agentId",
                        "complete");
        assertThat(status.path("jobId").asString()).isEqualTo(id);
        assertThat(status.path("conversationId").asString()).isEqualTo(id);
        assertThat(status.path("endedReason").asString()).isEqualTo("error");
        assertThat(status.path("failure").path("class").asString()).isEqualTo("provider");
        assertThat(status.path("progress").asDouble()).isEqualTo(1.0);
        assertThat(status.path("startedAt").asString()).isEqualTo("2026-03-01T12:00:00.005Z");
        assertThat(status.path("usage").path("costUsd").asString()).isEqualTo("0.02");
        assertThat(status.path("usage").path("byRole").path("agent").path("tokensIn").asLong())
                .isEqualTo(100);
        assertThat(status.toString()).doesNotContain("secret");
    }

    @Test
    void verdictsArePagedByTurn() {
        String id = newBattle();
        for (int turn = 1; turn <= 3; turn++) {
            publishTurn(id, turn, turn);
        }
        publisher.publish(Records.ended(id, EndReason.LIMIT, 3, 3, 3));
        awaitState(id, "completed");

        JsonNode page = service.json("/internal/battles/" + id + "/verdicts?sinceTurn=1&limit=1");

        assertThat(page.path("verdicts").findValues("turn")).hasSize(1);
        JsonNode verdict = page.path("verdicts").get(0);
        assertThat(verdict.path("turn").asInt()).isEqualTo(2);
        assertThat(verdict.path("decidedBy").asString()).isEqualTo("fast");
        assertThat(verdict.path("verdict").asString()).isEqualTo("no");
        assertThat(verdict.path("stages").get(0).path("costUsd").asString()).isEqualTo("0.01");
        assertThat(verdict.path("progress").doubleValue()).isEqualTo(0.25);
        assertThat(verdict.path("stages").get(0).path("promptVersion").asString())
                .isEqualTo("fast/1");
        assertThat(verdict.path("stages").get(0).path("attempt").intValue()).isEqualTo(1);
        assertThat(verdict.path("stages").get(0).path("answeredBy").asString())
                .isEqualTo("spare:judge");
        assertThat(verdict.path("stages").get(0).path("progress").doubleValue()).isEqualTo(0.25);
        assertThat(verdict.path("stages").get(0).path("criteriaApplied").get(0).asString())
                .isEqualTo("fast:goal");
        assertThat(page.path("nextTurn").asInt()).isEqualTo(2);
        assertThat(page.path("total").asInt()).isEqualTo(3);
        assertThat(page.path("complete").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/internal/battles/no-such-battle, 404, not_found",
        "/internal/battles/no-such-battle/messages, 404, not_found",
        "/internal/battles/no-such-battle/verdicts, 404, not_found",
        "/internal/battles/no-such-battle/events, 404, not_found",
        "/internal/battles/x/messages?limit=0, 400, invalid_request",
        "/internal/battles/x/messages?limit=201, 400, invalid_request",
        "/internal/battles/x/messages?sinceSeq=-1, 400, invalid_request",
        "/internal/battles/x/messages?sinceSeq=many, 400, invalid_request",
        "/internal/battles/x/verdicts?sinceTurn=99999999999, 400, invalid_request",
        "/internal/battles/x/events?after=-1, 400, invalid_request",
        "/internal/nothing, 404, not_found"
    })
    void errorsAreProblemDetails(String path, int status, String code) {
        HttpResponse<String> answer =
                service.get(
                        path,
                        "Accept",
                        "text/event-stream, application/json",
                        "X-Request-Id",
                        "r-17");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.headers().firstValue("X-Request-Id")).hasValue("r-17");
        JsonNode problem = ReportFork.parse(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo(code);
        assertThat(problem.path("requestId").asString()).isEqualTo("r-17");
        assertThat(problem.path("title").asString()).isNotBlank();
        assertThat(problem.path("detail").asString()).isNotBlank();
        assertThat(problem.path("status").asInt()).isEqualTo(status);
    }

    @Test
    void aDeletedBattleIsGone() {
        String id = newBattle();
        publishTurn(id, 1, 1);
        publisher.publish(Records.ended(id, EndReason.GOAL, 1, 1, 1));
        awaitEnded(id);

        publisher.publish(Records.deletion(id));

        String battle = "/internal/battles/" + id;
        await().atMost(SOON).until(() -> service.get(battle).statusCode() == 410);
        for (String path : List.of("", "/messages", "/verdicts", "/events")) {
            HttpResponse<String> answer = service.get(battle + path);
            assertThat(answer.statusCode()).as(path).isEqualTo(410);
            assertThat(ReportFork.parse(answer.body()).path("code").asString())
                    .isEqualTo("deleted");
        }
    }

    @Test
    void anOutcomeOfAnAbortedTransactionIsNotSeen() {
        String id = newBattle();
        publishTurn(id, 1, 1);
        publisher.publishAborted(Records.ended(id, EndReason.MANUAL, 0, 0, 0));
        publisher.publish(Records.ended(id, EndReason.GOAL, 1, 1, 1));

        assertThat(awaitEnded(id).path("endedReason").asString()).isEqualTo("goal");
    }

    @Test
    void bytesThatAreNoRecordGoToTheDeadLettersAndReadingGoesOn() {
        String id = newBattle();
        byte[] noise = "no record".getBytes(StandardCharsets.UTF_8);
        publisher.publish(Topics.BATTLE_TURNS.name(), id, noise);
        publisher.publish(Records.requested(id));
        publishTurn(id, 1, 1);

        awaitState(id, "running");
        ConsumerRecord<String, byte[]> letter =
                DeadLetterReader.firstOf(Topics.BATTLE_TURNS.deadLetterTopic(), id);
        assertThat(letter.value()).isEqualTo(noise);
        assertThat(letter.headers().lastHeader(DeadLetter.EXCEPTION)).isNotNull();
    }

    @Test
    void theViewsSayUpToWhichOffsetTheyHaveRead() {
        String id = newBattle();
        publishTurn(id, 1, 1);
        awaitState(id, "running");

        JsonNode views = service.json("/internal/views");

        assertThat(views.path("state").asString()).isEqualTo("RUNNING");
        assertThat(views.path("partitions").size()).isEqualTo(8 * ReportFork.PARTITIONS);
        long read = 0;
        for (JsonNode partition : views.path("partitions")) {
            if (partition.path("topic").asString().equals(Topics.BATTLE_TURNS.name())) {
                read += partition.path("readTo").asLong();
            }
        }
        assertThat(read).isPositive();
        await().atMost(SOON).until(() -> service.metric("battlestream_report_lag") == 0);
    }
}
