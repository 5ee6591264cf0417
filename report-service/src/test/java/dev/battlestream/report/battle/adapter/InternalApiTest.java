package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.EndReason;
import dev.battlestream.events.Speaker;
import dev.battlestream.schemas.DeadLetter;
import dev.battlestream.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The internal API of one instance on a real broker and registry. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InternalApiTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Publisher publisher = new Publisher();
    private ReportFork service;

    @BeforeAll
    void start(@TempDir Path state) {
        service =
                ReportFork.start(
                        "api-1",
                        state,
                        "--server.jetty.connection-idle-timeout=1s",
                        "--battlestream.report.followers.heartbeat=300ms",
                        "--battlestream.report.followers.appear-within=700ms",
                        "--battlestream.report.followers.most=4");
    }

    @AfterAll
    void stop() {
        publisher.close();
        service.close();
    }

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
    void aStreamOfAnEndedBattleReplaysAndCloses() {
        String id = newBattle();
        publisher.publish(Records.requested(id));
        publishTurn(id, 1, 1);
        publisher.publish(Records.opponent(id, 2, 1));
        publishTurn(id, 3, 2);
        publisher.publish(Records.ended(id, EndReason.LIMIT, 2, 3, 2));
        awaitState(id, "completed");

        try (Follower follower = Follower.of(service, id, "0")) {
            await().atMost(SOON).until(follower::closedByService);

            assertThat(follower.events())
                    .extracting(Follower.Event::name)
                    .containsExactly(
                            "status", "message", "verdict", "message", "message", "verdict",
                            "ended");
            assertThat(follower.cursors()).containsExactly("2", "3", "4", "6", "7");
        }
    }

    @Test
    void whatIsWrittenOfAMessageIsToldAsItComes() {
        String id = newBattle();
        publisher.publish(Records.requested(id));
        awaitState(id, "queued");
        String noise = newBattle();

        try (Follower follower = Follower.of(service, id, "0")) {
            awaitDeltas(follower, id);
            publisher.publish(Records.delta(noise, 1, 0, 0, "of another battle"));
            publisher.publish(
                    Topics.BATTLE_DELTAS.name(), id, "no delta".getBytes(StandardCharsets.UTF_8));
            publisher.publish(Records.delta(id, 1, 1_000, -1, "from nowhere"));
            publisher.publish(Records.retry(id, 1, 1_001));
            publisher.publish(Records.delta(id, 1, 1_002, 0, "he said \"no\"\n"));
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(follower.events().getLast().data().path("index").asInt())
                                    .isEqualTo(1_002));
            publishTurn(id, 1, 1);
            publisher.publish(Records.ended(id, EndReason.GOAL, 1, 1, 1));
            await().atMost(SOON).until(follower::closedByService);

            List<Follower.Event> told =
                    follower.events().stream()
                            .filter(event -> event.data().path("index").asInt() > 500)
                            .toList();
            assertThat(told).extracting(Follower.Event::name).containsExactly("retry", "delta");
            assertThat(told).extracting(Follower.Event::id).containsOnlyNulls();
            JsonNode text = told.getLast().data();
            assertThat(text.path("seq").asInt()).isEqualTo(1);
            assertThat(text.path("attempt").asInt()).isEqualTo(1);
            assertThat(text.path("offset").asInt()).isZero();
            assertThat(text.path("text").asString()).isEqualTo("he said \"no\"\n");
            assertThat(follower.cursors()).containsExactly("2", "3");
        }
        assertThat(dropped("unreadable")).isEqualTo(1);
        assertThat(dropped("no_offset")).isEqualTo(1);
    }

    @Test
    void whoComesWhileAMessageIsWrittenIsToldItFromItsBeginAndTheOthersNothingTwice() {
        String id = newBattle();
        publisher.publish(Records.requested(id));
        awaitState(id, "queued");
        publisher.publish(Records.delta(id, 1, 0, 0, "he"));

        try (Follower early = Follower.of(service, id, "0")) {
            awaitText(early, "he");
            publisher.publish(Records.delta(id, 1, 1, 2, "ll"));
            awaitText(early, "hell");
            try (Follower late = Follower.of(service, id, "0")) {
                awaitText(late, "hell");
                publisher.publish(Records.delta(id, 1, 2, 4, "o"));
                awaitText(late, "hello");
                awaitText(early, "hello");
            }
        }
    }

    /** Waits until the deltas of a follower, each behind the other, are this text. */
    private static void awaitText(Follower follower, String text) {
        await().atMost(SOON)
                .untilAsserted(() -> {
                    StringBuilder told = new StringBuilder();
                    for (Follower.Event event : follower.events()) {
                        if (event.name().equals("delta")) {
                            assertThat(event.data().path("offset").asInt())
                                    .isEqualTo(told.length());
                            told.append(event.data().path("text").asString());
                        }
                    }
                    assertThat(told).hasToString(text);
                });
    }

    /** Reading begins a moment after the stream: writes until something arrives. */
    private void awaitDeltas(Follower follower, String id) {
        int index = 0;
        while (follower.events().stream().noneMatch(event -> event.name().equals("delta"))) {
            assertThat(index).isLessThan(500);
            publisher.publish(Records.delta(id, 1, index, 0, "."));
            index++;
        }
    }

    private double dropped(String reason) {
        return service.metric(
                "battlestream_report_deltas_dropped_total{reason=\"%s\"}".formatted(reason));
    }

    @Test
    void moreFollowersThanAllowedAreTurnedAway() {
        String id = newBattle();
        publisher.publish(Records.requested(id));
        awaitState(id, "queued");
        List<Follower> followers = new ArrayList<>();
        try {
            await().atMost(SOON).until(() -> followers() == 0);
            for (int follower = 0; follower < 4; follower++) {
                followers.add(Follower.of(service, id, "0"));
            }
            HttpResponse<String> answer =
                    service.get("/internal/battles/" + id + "/events", "Accept", "*/*");

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        } finally {
            followers.forEach(Follower::close);
        }
        await().atMost(SOON).until(() -> followers() == 0);
    }

    @Test
    void aFollowerThatReadsNothingIsDropped() throws IOException {
        String id = newBattle();
        publisher.publish(Records.requested(id));
        for (int seq = 1; seq <= 25; seq++) {
            publisher.publish(Records.turn(id, seq, seq, Speaker.OPPONENT, "x".repeat(400_000)));
        }
        await().atMost(SOON)
                .until(() -> service.json("/internal/battles/" + id).path("lastSeq").asInt() == 25);
        double lost = service.metric("battlestream_report_followers_lost_total");

        try (Socket socket = new Socket()) {
            socket.setReceiveBufferSize(4_096);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), service.port()));
            socket.getOutputStream()
                    .write(
                            "GET /internal/battles/%s/events HTTP/1.1\r\nHost: x\r\n\r\n"
                                    .formatted(id)
                                    .getBytes(StandardCharsets.US_ASCII));
            await().atMost(SOON)
                    .until(() -> service.metric("battlestream_report_followers_lost_total") > lost);
        }
        await().atMost(SOON).until(() -> followers() == 0);
    }

    @Test
    void aFollowerThatVanishesIsForgotten() throws IOException {
        String id = newBattle();
        publisher.publish(Records.requested(id));
        awaitState(id, "queued");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.getOutputStream()
                    .write(
                            "GET /internal/battles/%s/events HTTP/1.1\r\nHost: x\r\n\r\n"
                                    .formatted(id)
                                    .getBytes(StandardCharsets.US_ASCII));
            await().atMost(SOON).until(() -> followers() > 0);
        }
        await().atMost(SOON).until(() -> followers() == 0);
    }

    @Test
    void theViewsSayUpToWhichOffsetTheyHaveRead() {
        String id = newBattle();
        publishTurn(id, 1, 1);
        awaitState(id, "running");

        JsonNode views = service.json("/internal/views");

        assertThat(views.path("state").asString()).isEqualTo("RUNNING");
        assertThat(views.path("partitions").size()).isEqualTo(4 * ReportFork.PARTITIONS);
        long read = 0;
        for (JsonNode partition : views.path("partitions")) {
            if (partition.path("topic").asString().equals(Topics.BATTLE_TURNS.name())) {
                read += partition.path("readTo").asLong();
            }
        }
        assertThat(read).isPositive();
        await().atMost(SOON).until(() -> service.metric("battlestream_report_lag") == 0);
    }

    private double followers() {
        return service.metric("battlestream_report_followers");
    }

    private static String newBattle() {
        return UUID.randomUUID().toString();
    }

    private void publishTurn(String id, int seq, int turn) {
        publisher.publish(Records.agent(id, seq, turn));
        publisher.publish(Records.verdict(id, turn, seq));
    }

    private JsonNode awaitState(String id, String state) {
        await().atMost(SOON)
                .until(() -> {
                    HttpResponse<String> answer = service.get("/internal/battles/" + id);
                    return answer.statusCode() == 200
                            && ReportFork.parse(answer.body())
                                    .path("state")
                                    .asString()
                                    .equals(state);
                });
        return service.json("/internal/battles/" + id);
    }

    private JsonNode awaitEnded(String id) {
        await().atMost(SOON)
                .until(() -> {
                    HttpResponse<String> answer = service.get("/internal/battles/" + id);
                    return answer.statusCode() == 200
                            && ReportFork.parse(answer.body()).has("endedReason");
                });
        return service.json("/internal/battles/" + id);
    }
}
