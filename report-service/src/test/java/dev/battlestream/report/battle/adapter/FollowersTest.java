package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.EndReason;
import dev.battlestream.events.Speaker;
import dev.battlestream.schemas.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The stream of one instance: what followers are told, and how many there may be. */
class FollowersTest extends OneInstance {

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

    private double followers() {
        return service.metric("battlestream_report_followers");
    }
}
