package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.SseClient.Event;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a viewer is told, from its cursor on. */
class StreamHttpTest extends StreamContract {

    @Test
    void aFinishedBattleIsReplayedAndTheStreamCloses() throws Exception {
        report.battle(id).turn("one").turn("two").ends("completed", "goal");

        try (SseClient viewer = SseClient.open(gateway.at(path), null)) {
            assertThat(viewer.status()).isEqualTo(200);
            assertThat(viewer.header("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
            assertThat(viewer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(viewer.header("X-Request-Id")).isNotEmpty();
            assertThat(viewer.next()).isEqualTo(new Event("retry: 2000", null, ""));
            List<Event> events = untilEnd(viewer);
            assertThat(events)
                    .extracting(Event::name)
                    .containsExactly("status", "message", "verdict", "message", "verdict", "ended");
            assertThat(events).extracting(Event::id).containsExactly(null, 2L, 3L, 4L, 5L, null);
            JsonNode message = RunningGateway.JSON.readTree(events.get(1).data());
            assertThat(message.get("content").asString()).isEqualTo("one");
            assertThat(message.has("internalOnly")).isFalse();
            JsonNode ended = RunningGateway.JSON.readTree(events.get(5).data());
            assertThat(ended.get("endedReason").asString()).isEqualTo("goal");
        }
    }

    @Test
    void aRunningBattleIsReplayedFromTheCursorAndThenLive() throws Exception {
        BattleDouble battle = report.battle(id).turn("one").turn("two");

        try (SseClient byHeader = SseClient.open(gateway.at(path), 3L);
                SseClient byParameter =
                        SseClient.open(
                                gateway.at("/api/battles/" + id + "/stream?after=4"), null)) {
            assertThat(nextNumbered(byHeader).id()).isEqualTo(4);
            assertThat(nextNumbered(byHeader).id()).isEqualTo(5);
            assertThat(nextNumbered(byParameter).id()).isEqualTo(5);

            battle.turn("three");
            for (SseClient viewer : List.of(byHeader, byParameter)) {
                assertThat(nextNumbered(viewer).id()).isEqualTo(6);
                assertThat(nextNumbered(viewer).id()).isEqualTo(7);
            }
            battle.ends("canceled", "manual");
            assertThat(untilEnd(byHeader).getLast().name()).isEqualTo("ended");
            assertThat(untilEnd(byParameter).getLast().name()).isEqualTo("ended");
        }
    }

    @Test
    void theHeaderOfAReconnectIsNewerThanTheParameterOfTheUrl() throws Exception {
        report.battle(id).turn("one").turn("two").ends("completed", "limit");

        try (SseClient viewer = SseClient.open(gateway.at(path + "?after=2"), 4L)) {
            assertThat(nextNumbered(viewer).id()).isEqualTo(5);
        }
    }

    @Test
    void aMessageIsSeenWhileItIsBeingWritten() throws Exception {
        BattleDouble battle = report.battle(id).turn("one");

        try (SseClient viewer = SseClient.open(gateway.at(path), null)) {
            assertThat(nextNumbered(viewer).id()).isEqualTo(2);
            assertThat(nextNumbered(viewer).id()).isEqualTo(3);
            battle.writes(0, 0, "tw");
            Event first = nextNamed(viewer);
            assertThat(first.name()).isEqualTo("delta");
            assertThat(first.id()).isNull();
            assertThat(RunningGateway.JSON.readTree(first.data()))
                    .isEqualTo(
                            RunningGateway.JSON.readTree(
                                    "{\"seq\":2,\"turn\":2,\"attempt\":1,\"offset\":0,\"text\":\"tw\"}"));
            battle.triesAgain(1);
            Event retry = nextNamed(viewer);
            assertThat(retry.name()).isEqualTo("retry");
            assertThat(retry.data()).isEqualTo("{\"seq\":2,\"turn\":2,\"attempt\":1}");
            battle.tells("delta", RunningGateway.JSON.createObjectNode().put("seq", "nonsense"));
            battle.writes(2, 0, "t").writes(3, 1, "wo");

            try (SseClient late = SseClient.open(gateway.at(path), 3L)) {
                StringBuilder text = new StringBuilder();
                while (text.length() < 3) {
                    Event delta = nextNamed(late);
                    if (delta.name().equals("delta")) {
                        JsonNode data = RunningGateway.JSON.readTree(delta.data());
                        assertThat(data.get("offset").asInt()).isEqualTo(text.length());
                        assertThat(data.get("attempt").asInt()).isEqualTo(2);
                        text.append(data.get("text").asString());
                    }
                }
                assertThat(text).hasToString("two");
            }
            battle.turn("two").ends("completed", "goal");
            assertThat(untilEnd(viewer).stream().map(Event::id).filter(i -> i != null))
                    .containsExactly(4L, 5L);
        }
        assertThat(
                        gateway.metric(
                                "battlestream_gateway_stream_events_dropped_total"
                                        + "{reason=\"delta_unreadable\"}"))
                .isPositive();
    }

    @Test
    void aQuietStreamIsKeptAliveByComments() throws Exception {
        BattleDouble battle = report.battle(id).turn("one");

        try (SseClient viewer = SseClient.open(gateway.at(path), null)) {
            nextNumbered(viewer);
            nextNumbered(viewer);
            assertThat(next(viewer).name()).isEqualTo(":");
            assertThat(next(viewer).name()).isEqualTo(":");
            battle.ends("completed", "goal");
        }
    }

    @Test
    void whatAFeedHasForgottenComesFromTheReportServiceAndWhatThatHasLostIsSaid() throws Exception {
        BattleDouble battle = report.battle(id);
        String content = "x".repeat(400);
        try (RunningGateway narrow =
                        RunningGateway.start(
                                report.url(),
                                Map.of(
                                        "battlestream.stream.feed-memory", "2KB",
                                        "battlestream.stream.all-feeds-memory", "2KB"));
                SseClient first = SseClient.open(narrow.at(path), null)) {
            for (int turn = 1; turn <= 10; turn++) {
                battle.turn(content);
                assertThat(nextNumbered(first).id()).isEqualTo(2L * turn);
                assertThat(nextNumbered(first).id()).isEqualTo(2L * turn + 1);
            }
            try (SseClient late = SseClient.open(narrow.at(path), 4L)) {
                for (long cursor = 5; cursor <= 21; cursor++) {
                    assertThat(nextNumbered(late).id()).isEqualTo(cursor);
                }
                report.forgetsBefore(5);
                try (SseClient tooLate = SseClient.open(narrow.at(path), 2L)) {
                    Event resync = nextNamed(tooLate);
                    assertThat(resync.name()).isEqualTo("resync");
                    long firstSeq =
                            RunningGateway.JSON.readTree(resync.data()).get("firstSeq").asLong();
                    assertThat(firstSeq).isBetween(5L, 10L);
                    assertThat(nextNumbered(tooLate).id()).isEqualTo(2 * firstSeq);
                }
                battle.ends("completed", "limit");
                assertThat(untilEnd(late).getLast().name()).isEqualTo("ended");
                assertThat(untilEnd(first).getLast().name()).isEqualTo("ended");
            }
        } finally {
            report.forgetsBefore(0);
        }
    }

    @Test
    void nonsenseAsACursorIsRefused() throws Exception {
        report.battle(id);

        for (String query :
                List.of(
                        "?after=-1",
                        "?after=",
                        "?after=x",
                        "?after=1.5",
                        "?after=4294967296",
                        "?after=99999999999999999999")) {
            HttpResponse<String> response = gateway.get(path + query);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(response.body()).contains("\"field\":\"after\"");
        }
        HttpResponse<String> header = gateway.get(path, "Last-Event-ID", "abc");
        assertThat(header.statusCode()).isEqualTo(400);
        assertThat(header.body()).contains("\"field\":\"Last-Event-ID\"");
        assertThat(gateway.get("/api/stream/17").statusCode()).isEqualTo(400);
        assertThat(gateway.get(path, "Accept", "application/json").statusCode()).isEqualTo(406);
    }

    @Test
    void aHeadRequestDoesNotWatch() throws Exception {
        report.battle(id);

        HttpResponse<String> response =
                gateway.send(gateway.request(path).method("HEAD", noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .startsWith("text/event-stream");
    }

    private static BodyPublisher noBody() {
        return BodyPublishers.noBody();
    }
}
