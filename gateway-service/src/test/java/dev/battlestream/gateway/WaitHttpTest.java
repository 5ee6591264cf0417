package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.CancelReason;
import dev.battlestream.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Starts that wait for the end of their battle. */
class WaitHttpTest {

    private static final String START = "/api/battles/start";

    private static ReportDouble report;
    private static RunningGateway gateway;

    @BeforeAll
    static void begin() {
        report = ReportDouble.started();
        gateway =
                RunningGateway.start(
                        report.url(),
                        Map.of(
                                "battlestream.waiting.request-timeout", "4s",
                                "battlestream.waiting.most", "40",
                                "battlestream.stream.linger", "100ms"));
        gateway.awaitReady();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        await().atMost(Duration.ofSeconds(15))
                .until(() ->
                        report.openStreams() == 0
                                && gateway.metric("battlestream_gateway_waiting") == 0
                                && gateway.metric("battlestream_gateway_stream_feeds") == 0);
    }

    @AfterAll
    static void end() {
        gateway.close();
        report.close();
    }

    @Test
    void aBattleThatEndsInTimeIsAnsweredWithItsStatus() throws Exception {
        UUID id = UUID.randomUUID();
        CompletableFuture<HttpResponse<String>> answer = waiting(id, "wait=3");
        awaitRequest(id);
        assertThat(gateway.metric("battlestream_gateway_waiting")).isEqualTo(1);

        report.battle(id).turn("hello").ends("completed", "goal");

        HttpResponse<String> response = answer.get(20, TimeUnit.SECONDS);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Preference-Applied")).contains("wait=3");
        assertThat(response.headers().allValues("Location")).containsExactly("/api/battles/" + id);
        assertThat(RunningGateway.json(response))
                .isEqualTo(RunningGateway.json(gateway.get("/api/battles/" + id)));
        assertThat(RequestLog.of(Topics.BATTLE_CANCELLATIONS, id)).isEmpty();
    }

    @Test
    void aBattleThatDoesNotIsEndedForTheReasonTimeout() throws Exception {
        UUID id = UUID.randomUUID();

        HttpResponse<String> response = gateway.post(START, body(id), "Prefer", "wait=1");

        HttpContract.assertProblem(response, 504, "wait_timed_out", START);
        assertThat(response.headers().firstValue("Location")).contains("/api/battles/" + id);
        List<ConsumerRecord<String, BattleCancelRequested>> cancellations =
                RequestLog.of(Topics.BATTLE_CANCELLATIONS, id);
        assertThat(cancellations).hasSize(1);
        assertThat(cancellations.getFirst().value().getReason()).isEqualTo(CancelReason.TIMEOUT);
        assertThat(RequestLog.of(Topics.BATTLE_REQUESTS, id).getFirst().value().getTimeoutSeconds())
                .as("what ends it if nobody is left to cancel it")
                .isEqualTo(1);
    }

    @Test
    void aWaitIsNoLongerThanTheRequestTimeout() throws Exception {
        UUID id = UUID.randomUUID();
        long begin = System.nanoTime();

        HttpResponse<String> response = gateway.post(START, body(id), "Prefer", "wait=600");

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.headers().firstValue("Preference-Applied")).contains("wait=4");
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(9));
    }

    @Test
    void aProviderThatRefusesIsABadGateway() throws Exception {
        UUID id = UUID.randomUUID();
        CompletableFuture<HttpResponse<String>> answer = waiting(id, "wait=3");
        awaitRequest(id);

        report.battle(id).turn("hello").ends("failed", "error");

        HttpContract.assertProblem(
                answer.get(20, TimeUnit.SECONDS), 502, "provider_refused", START);
    }

    @Test
    void aRepetitionWaitsTooAndEndsNothing() throws Exception {
        UUID id = UUID.randomUUID();
        assertThat(gateway.post(START, body(id)).statusCode()).isEqualTo(202);

        assertThat(gateway.post(START, body(id), "Prefer", "wait=1").statusCode()).isEqualTo(504);
        assertThat(RequestLog.of(Topics.BATTLE_CANCELLATIONS, id)).isEmpty();
        report.battle(id).turn("hello").ends("completed", "goal");
        HttpResponse<String> ended = gateway.post(START, body(id), "Prefer", "wait=1");
        assertThat(ended.statusCode()).isEqualTo(200);
        assertThat(ended.headers().firstValue("Idempotency-Replayed")).contains("true");
        assertThat(RunningGateway.json(ended).get("state").asString()).isEqualTo("completed");
    }

    @Test
    void callersThatGoAwayLeaveNothingBehind() throws Exception {
        String accepted = "battlestream_gateway_starts_total{outcome=\"accepted\"}";
        double before = gateway.metric(accepted);
        List<Socket> callers = new ArrayList<>();
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            UUID id = UUID.randomUUID();
            ids.add(id);
            callers.add(sent(body(id)));
        }
        await().atMost(Duration.ofSeconds(15))
                .until(() -> gateway.metric("battlestream_gateway_waiting") == 20);
        // A battle that the report service knew before its start would count as another's.
        await().atMost(Duration.ofSeconds(15)).until(() -> gateway.metric(accepted) == before + 20);
        ids.forEach(id -> report.battle(id).turn("hello"));
        await().atMost(Duration.ofSeconds(15)).until(() -> report.openStreams() == 20);

        for (Socket caller : callers) {
            caller.close();
        }

        nothingIsLeftBehind();
        for (UUID id : ids) {
            assertThat(RequestLog.of(Topics.BATTLE_CANCELLATIONS, id)).hasSize(1);
        }
    }

    @Test
    void whatIsNoPreferenceIsAnsweredAtOnce() throws Exception {
        for (String preference : List.of("wait=0", "wait=soon", "respond-async")) {
            HttpResponse<String> response = gateway.post(START, "{}", "Prefer", preference);
            assertThat(response.statusCode()).as(preference).isEqualTo(202);
            assertThat(response.headers().firstValue("Preference-Applied")).isEmpty();
        }
    }

    private static CompletableFuture<HttpResponse<String>> waiting(UUID id, String preference) {
        CompletableFuture<HttpResponse<String>> answer = new CompletableFuture<>();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        answer.complete(gateway.post(START, body(id), "Prefer", preference));
                    } catch (IOException | InterruptedException e) {
                        answer.completeExceptionally(e);
                    }
                });
        return answer;
    }

    private static Socket sent(String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port());
        String request =
                "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nPrefer: wait=4\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(START, body.length(), body);
        socket.getOutputStream().write(request.getBytes(UTF_8));
        return socket;
    }

    private static void awaitRequest(UUID id) {
        await().atMost(Duration.ofSeconds(3))
                .until(() -> !RequestLog.of(Topics.BATTLE_REQUESTS, id).isEmpty());
    }

    private static String body(UUID id) {
        return "{\"battleId\":\"%s\"}".formatted(id);
    }
}
