package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.CancelReason;
import dev.battlestream.schemas.Topics;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CancelHttpTest extends HttpContract {

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

    @ParameterizedTest
    @CsvSource({
        "completed, goal",
        "completed, limit",
        "completed, plateau",
        "completed, budget",
        "failed, error",
        "timeout, timeout"
    })
    void whatHasEndedCannotBeCanceled(String state, String reason) throws Exception {
        UUID ended = UUID.randomUUID();
        report.battle(ended).ends(state, reason);

        assertProblem(
                gateway.post("/api/battles/" + ended + "/cancel", ""),
                409,
                "battle_ended",
                "/api/battles/" + ended + "/cancel");
        assertThat(RequestLog.of(Topics.BATTLE_CANCELLATIONS, ended)).isEmpty();
    }

    @Test
    void aCanceledBattleCanBeCanceledAgain() throws Exception {
        UUID canceled = UUID.randomUUID();
        report.battle(canceled).ends("canceled", "manual");

        HttpResponse<String> again = gateway.post("/api/battles/" + canceled + "/cancel", "");
        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(RunningGateway.json(again).get("state").asString()).isEqualTo("canceled");
        assertThat(RequestLog.of(Topics.BATTLE_CANCELLATIONS, canceled)).isEmpty();
    }
}
