package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.gateway.SseClient.Event;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nobody may be left over after a test: neither viewers nor streams of the report service. */
@Timeout(60)
class RunStreamHttpTest extends StreamContract {

    private final String run = "/api/scale/" + id + "/stream";

    @Test
    void whatHasHappenedComesFirstThenWhatHappensUntilTheEnd() throws Exception {
        report.run(id).memberEnds("goal");
        try (SseClient viewer = SseClient.open(gateway.at(run), null)) {
            assertThat(viewer.status()).isEqualTo(200);
            assertThat(viewer.header("Content-Type")).startsWith("text/event-stream");
            assertThat(viewer.header("Cache-Control")).isEqualTo("no-store");
            assertThat(next(viewer).name()).isEqualTo("retry: 2000");
            assertThat(next(viewer).name()).isEqualTo("status");
            Event first = nextNamed(viewer);
            assertThat(first.name()).isEqualTo("member");
            assertThat(first.id()).isEqualTo(1);
            assertThat(first.data()).contains("\"reason\":\"goal\"").doesNotContain("internalOnly");

            report.run(id).memberEnds("limit");
            assertThat(nextNumbered(viewer).id()).isEqualTo(2);
            report.run(id).ends("completed", "completed");

            List<Event> rest = untilEnd(viewer);
            assertThat(rest.getLast().name()).isEqualTo("ended");
            assertThat(rest.getLast().data()).contains("\"state\":\"completed\"");
        }
    }

    @Test
    void whoComesAgainGetsWhatCameAfter() throws Exception {
        report.run(id).memberEnds("goal");
        report.run(id).memberEnds("limit");
        report.run(id).ends("completed", "completed");

        try (SseClient byHeader = SseClient.open(gateway.at(run + "?after=0"), 1L);
                SseClient byParameter = SseClient.open(gateway.at(run + "?after=1"), null);
                SseClient all = SseClient.open(gateway.at(run), null)) {
            assertThat(places(untilEnd(byHeader))).containsExactly(2L);
            assertThat(places(untilEnd(byParameter))).containsExactly(2L);
            assertThat(places(untilEnd(all))).containsExactly(1L, 2L);
        }
    }

    @Test
    void aReportServiceThatBreaksOffAgainAndAgainLeavesNoGapAndRepeatsNothing() throws Exception {
        report.cutsStreamsAfter(() -> 1);
        for (int i = 0; i < 12; i++) {
            report.run(id).memberEnds("goal");
        }
        try (SseClient viewer = SseClient.open(gateway.at(run), null)) {
            List<Long> places = new ArrayList<>();
            while (places.size() < 12) {
                places.add(nextNumbered(viewer).id());
            }
            report.run(id).ends("completed", "completed");

            assertThat(places).isEqualTo(LongStream.rangeClosed(1, 12).boxed().toList());
            assertThat(untilEnd(viewer).getLast().name()).isEqualTo("ended");
        }
        assertThat(report.subscriptions()).isGreaterThan(5);
    }

    @Test
    void aViewerThatLeavesEndsTheStreamOfTheReportService() throws Exception {
        report.run(id).memberEnds("goal");
        try (SseClient viewer = SseClient.open(gateway.at(run), null)) {
            nextNumbered(viewer);
            assertThat(report.openStreams()).isEqualTo(1);
            assertThat(viewers()).isEqualTo(1);
        }
        // The next heartbeat cannot be written; see nobodyIsLeft.
        await().atMost(LONG).until(() -> report.openStreams() == 0);
    }

    @Test
    void aQuietStreamIsKeptAlive() throws Exception {
        report.run(id);
        try (SseClient viewer = SseClient.open(gateway.at(run), null)) {
            int comments = 0;
            while (comments < 2) {
                comments += next(viewer).name().equals(":") ? 1 : 0;
            }
            assertThat(comments).isEqualTo(2);
        }
    }

    @Test
    void aRunThatWasAcceptedJustNowIsWatchedFromItsBegin() throws Exception {
        HttpResponse<String> started =
                gateway.post("/api/scale/start", "{\"runId\":\"%s\",\"runCount\":4}".formatted(id));
        assertThat(started.statusCode()).isEqualTo(202);
        try (SseClient viewer = SseClient.open(gateway.at(run), null)) {
            assertThat(viewer.status()).isEqualTo(200);
            Event status = next(viewer);
            while (!status.name().equals("status")) {
                status = next(viewer);
            }
            assertThat(status.data()).contains("\"state\":\"queued\"", "\"total\":4");

            report.run(id).memberEnds("goal");
            assertThat(nextNumbered(viewer).id()).isEqualTo(1);
        }
    }

    @Test
    void streamsOfRunsAndOfBattlesShareTheirPlaces() throws Exception {
        report.run(id).memberEnds("goal");
        report.battle(id).turn("hello");
        List<SseClient> viewers = new ArrayList<>();
        try {
            for (int i = 0; i < 32; i++) {
                viewers.add(SseClient.open(gateway.at(run), null));
                viewers.add(SseClient.open(gateway.at(path), null));
            }
            assertThat(viewers).allMatch(viewer -> viewer.status() == 200);
            try (SseClient oneMore = SseClient.open(gateway.at(run), null)) {
                assertThat(oneMore.status()).isEqualTo(429);
                assertThat(oneMore.body()).contains("too_many_streams");
            }
        } finally {
            for (SseClient viewer : viewers) {
                viewer.close();
            }
        }
    }

    @Test
    void streamsOfRunsHaveALimitOfTheirOwn() throws Exception {
        report.run(id).memberEnds("goal");
        report.battle(id).turn("hello");
        List<SseClient> viewers = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                viewers.add(SseClient.open(gateway.at(run), null));
            }
            assertThat(viewers).allMatch(viewer -> viewer.status() == 200);
            try (SseClient oneMore = SseClient.open(gateway.at(run), null)) {
                assertThat(oneMore.status()).isEqualTo(429);
                assertThat(oneMore.header("Retry-After")).isNotEmpty();
                assertThat(oneMore.body()).contains("too_many_streams");
            }
            assertThat(viewers()).isEqualTo(40);
            try (SseClient ofABattle = SseClient.open(gateway.at(path), null)) {
                assertThat(ofABattle.status()).isEqualTo(200);
            }
        } finally {
            for (SseClient viewer : viewers) {
                viewer.close();
            }
        }
    }

    @Test
    void streamsOfRunsHaveALimitForAllClientsTogether() throws Exception {
        report.run(id).memberEnds("goal");
        report.battle(id).turn("hello");
        Map<String, String> other = Map.of("X-Forwarded-For", "203.0.113.7");
        List<SseClient> viewers = new ArrayList<>();
        try {
            for (int i = 0; i < 48; i++) {
                Map<String, String> client = i < 40 ? Map.of() : other;
                viewers.add(SseClient.open(gateway.at(run), null, client));
            }
            assertThat(viewers).allMatch(viewer -> viewer.status() == 200);
            try (SseClient oneMore = SseClient.open(gateway.at(run), null, other)) {
                assertThat(oneMore.status()).isEqualTo(429);
                assertThat(oneMore.header("Retry-After")).isNotEmpty();
                assertThat(oneMore.body()).contains("too_many_streams");
            }
            assertThat(viewers()).as("the refused one left its place").isEqualTo(48);
            try (SseClient ofABattle = SseClient.open(gateway.at(path), null, other)) {
                assertThat(ofABattle.status()).isEqualTo(200);
            }

            viewers.getFirst().close();
            await().atMost(LONG)
                    .until(() -> {
                        try (SseClient next = SseClient.open(gateway.at(run), null, other)) {
                            return next.status() == 200;
                        }
                    });
        } finally {
            for (SseClient viewer : viewers) {
                viewer.close();
            }
        }
    }

    @Test
    void anyWholeNumberOfARunIsAPlaceInIt() throws Exception {
        report.run(id).memberEnds("goal");
        report.run(id).ends("completed", "completed");

        try (SseClient byHeader = SseClient.open(gateway.at(run), Long.MAX_VALUE);
                SseClient byParameter =
                        SseClient.open(gateway.at(run + "?after=" + Long.MAX_VALUE), null)) {
            assertThat(byHeader.status()).isEqualTo(200);
            assertThat(byParameter.status()).isEqualTo(200);
            assertThat(untilEnd(byHeader).getLast().name()).isEqualTo("ended");
            assertThat(untilEnd(byParameter).getLast().name()).isEqualTo("ended");
        }
        for (String no : List.of("9223372036854775808", "-1", "x")) {
            assertThat(gateway.get(run + "?after=" + no).statusCode()).as(no).isEqualTo(400);
        }
        assertThat(gateway.get(path + "?after=" + Long.MAX_VALUE).statusCode()).isEqualTo(400);
    }

    @Test
    void whatNobodyKnowsIsNotFoundAndAHangingReportServiceIsUnavailable() throws Exception {
        assertThat(gateway.get("/api/scale/" + UUID.randomUUID() + "/stream").statusCode())
                .isEqualTo(404);
        report.hangs(true);
        try {
            assertThat(gateway.get(run).statusCode()).isEqualTo(503);
        } finally {
            report.hangs(false);
        }
    }

    private static List<Long> places(List<Event> events) {
        return events.stream().filter(e -> e.name().equals("member")).map(Event::id).toList();
    }
}
