package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.BattleDeletionRequested;
import dev.battlestream.schemas.Topics;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeleteHttpTest extends HttpContract {

    @Test
    void aDeletionIsAcknowledgedOnceItIsInTheLog() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("hello").ends("completed", "goal");

        HttpResponse<String> response =
                gateway.delete("/api/battles/" + id, "X-Request-Id", "forget-1");

        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(RunningGateway.json(response))
                .isEqualTo(
                        RunningGateway.JSON.readTree(
                                "{\"acknowledged\":true,\"state\":\"completed\"}"));
        List<ConsumerRecord<String, BattleDeletionRequested>> records =
                RequestLog.of(Topics.BATTLE_DELETIONS, id);
        assertThat(records).hasSize(1);
        BattleDeletionRequested request = records.getFirst().value();
        assertThat(request)
                .isEqualTo(
                        BattleDeletionRequested.newBuilder()
                                .setBattleId(id.toString())
                                .setClientId("address:127.0.0.1")
                                .setRequestedAt(request.getRequestedAt())
                                .build());
        assertThat(header(records.getFirst(), "x-request-id")).isEqualTo("forget-1");
        assertThat(gateway.delete("/api/battles/" + id).statusCode())
                .as("again before the views have it")
                .isEqualTo(202);
    }

    @Test
    void aBattleThatGoesOnIsNotDeleted() throws Exception {
        UUID running = UUID.randomUUID();
        report.battle(running).turn("hello");
        UUID queued = start("{}");

        for (UUID id : List.of(running, queued)) {
            assertProblem(
                    gateway.delete("/api/battles/" + id),
                    409,
                    "battle_running",
                    "/api/battles/" + id);
            assertThat(RequestLog.of(Topics.BATTLE_DELETIONS, id)).isEmpty();
        }
    }

    @Test
    void whatWasNeverThereIsNotDeleted() throws Exception {
        String battle = "/api/battles/" + UUID.randomUUID();

        assertProblem(gateway.delete(battle), 404, "battle_not_found", battle);
        assertProblem(
                gateway.delete("/api/battles/17"), 400, "invalid_request", "/api/battles/17", "id");
    }

    /** Its job still says that it was accepted a moment ago. */
    @Test
    void aDeletedBattleIsUnknownEverywhereWhateverItsJobSays() throws Exception {
        UUID id = start("{}");
        report.deletes(id);

        String battle = "/api/battles/" + id;
        for (String path : List.of("", "/status", "/messages", "/verdicts", "/stream")) {
            assertProblem(gateway.get(battle + path), 404, "battle_not_found", battle + path);
        }
        assertProblem(
                gateway.post(battle + "/cancel", ""), 404, "battle_not_found", battle + "/cancel");
        assertProblem(gateway.delete(battle), 404, "battle_not_found", battle);
    }

    @Test
    void nothingIsToldOfWhatAStreamHasKept() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("hello").ends("completed", "goal");
        String stream = "/api/battles/" + id + "/stream";
        assertThat(gateway.get(stream).body()).contains("hello", "event: ended");

        assertThat(gateway.delete("/api/battles/" + id).statusCode()).isEqualTo(202);
        report.deletes(id);

        assertProblem(gateway.get(stream), 404, "battle_not_found", stream);
    }

    @Test
    void theIdOfADeletedBattleIsNotTakenAgain() throws Exception {
        UUID id = UUID.randomUUID();
        report.deletes(id);

        assertProblem(
                gateway.post("/api/battles/start", "{\"battleId\":\"%s\"}".formatted(id)),
                400,
                "invalid_request",
                "/api/battles/start",
                "battleId");
        assertThat(RequestLog.of(Topics.BATTLE_REQUESTS, id)).isEmpty();
    }
}
