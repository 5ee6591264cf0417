package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.gateway.SseClient.Event;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class StreamHttpTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static ReportDouble report;
    private static RunningGateway gateway;

    private final UUID id = UUID.randomUUID();
    private final String path = "/api/stream/" + id;

    @BeforeAll
    static void start() throws IOException {
        report = new ReportDouble();
        gateway =
                RunningGateway.start(
                        report.url(),
                        Map.of(
                                "battlestream.stream.heartbeat", "300ms",
                                "battlestream.stream.linger", "100ms",
                                "battlestream.stream.max-viewers-per-client", "64",
                                "battlestream.stream.feed-memory", "32MB",
                                "battlestream.stream.min-backoff", "10ms",
                                "battlestream.stream.max-backoff", "200ms",
                                "battlestream.stream.open-timeout", "3s",
                                "battlestream.report.timeout", "1s",
                                "server.jetty.connection-idle-timeout", "1s"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        report.close();
    }

    @AfterEach
    void nobodyIsLeft() {
        report.cutsStreamsAfter(() -> Integer.MAX_VALUE);
        await().atMost(LONG)
                .untilAsserted(() -> {
                    assertThat(viewers()).isZero();
                    assertThat(gateway.metric("battlestream_gateway_stream_feeds")).isZero();
                    assertThat(gateway.metric("battlestream_gateway_stream_feed_bytes")).isZero();
                    assertThat(report.openStreams()).isZero();
                });
    }

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
        ReportDouble.Battle battle = report.battle(id).turn("one").turn("two");

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
        ReportDouble.Battle battle = report.battle(id).turn("one");

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
    void aStreamIsRefusedInTimeWhileTheReportServiceHangs() throws Exception {
        report.battle(id).turn("one");
        report.hangs(true);
        try {
            long begin = System.nanoTime();

            HttpResponse<String> refused = gateway.get(path);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(RunningGateway.json(refused).get("code").asString())
                    .isEqualTo("report_unavailable");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("the open time-out and no more")
                    .isLessThan(Duration.ofMillis(3_500));
        } finally {
            report.hangs(false);
        }
    }

    @Test
    void aQuietStreamIsKeptAliveByComments() throws Exception {
        ReportDouble.Battle battle = report.battle(id).turn("one");

        try (SseClient viewer = SseClient.open(gateway.at(path), null)) {
            nextNumbered(viewer);
            nextNumbered(viewer);
            assertThat(next(viewer).name()).isEqualTo(":");
            assertThat(next(viewer).name()).isEqualTo(":");
            battle.ends("completed", "goal");
        }
    }

    @Test
    void allViewersOfABattleShareOneSubscription() throws Exception {
        ReportDouble.Battle battle = report.battle(id).turn("one");
        int before = report.subscriptions();
        List<SseClient> viewers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            viewers.add(SseClient.open(gateway.at(path), null));
            assertThat(nextNumbered(viewers.getLast()).id()).isEqualTo(2);
        }

        assertThat(viewers()).isEqualTo(20);
        assertThat(report.subscriptions() - before).isEqualTo(1);
        battle.turn("two").ends("completed", "goal");
        for (SseClient viewer : viewers) {
            assertThat(untilEnd(viewer).stream().map(Event::id).filter(i -> i != null))
                    .containsExactly(3L, 4L, 5L);
            viewer.close();
        }
    }

    @Test
    void aViewerThatLeavesIsNoticedAndWithTheLastOneTheSubscriptionEnds() throws Exception {
        report.battle(id).turn("one");
        SseClient viewer = SseClient.open(gateway.at(path), null);
        nextNumbered(viewer);
        assertThat(report.openStreams()).isEqualTo(1);

        viewer.close();

        await().atMost(LONG).until(() -> viewers() == 0 && report.openStreams() == 0);
    }

    @Test
    void aViewerNoticesNothingOfARestartOfTheReportService() throws Exception {
        ReportDouble.Battle battle = report.battle(id).turn("one");
        try (SseClient viewer = SseClient.open(gateway.at(path), null)) {
            assertThat(nextNumbered(viewer).id()).isEqualTo(2);
            assertThat(nextNumbered(viewer).id()).isEqualTo(3);

            report.dies();
            battle.turn("two");
            assertThat(next(viewer).name()).as("alive although there is no report").isEqualTo(":");
            report.comesBack();

            assertThat(nextNumbered(viewer).id()).isEqualTo(4);
            assertThat(nextNumbered(viewer).id()).isEqualTo(5);
            battle.ends("completed", "goal");
            assertThat(untilEnd(viewer).getLast().name()).isEqualTo("ended");
        }
    }

    @RepeatedTest(5)
    void viewersAndSubscriptionsThatBreakAtRandomLoseAndRepeatNothing(RepetitionInfo repetition)
            throws Exception {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        Random cuts = new Random(seed + 1000);
        report.cutsStreamsAfter(() -> {
            synchronized (cuts) {
                return cuts.nextInt(6);
            }
        });
        ReportDouble.Battle battle = report.battle(id);
        int turns = 25;
        AtomicLong furthest = new AtomicLong();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Long>>> viewers =
                    IntStream.range(0, 20)
                            .mapToObj(i ->
                                    clients.submit(viewer(new Random(seed * 100 + i), furthest)))
                            .toList();
            try {
                for (int turn = 1; turn <= turns; turn++) {
                    battle.turn("turn " + turn + " " + "x".repeat(random.nextInt(2_000)));
                    if (random.nextInt(3) == 0) {
                        // Lets somebody catch up; otherwise they meet a backlog.
                        long newest = 2L * turn + 1;
                        await().atMost(LONG)
                                .pollInterval(Duration.ofMillis(5))
                                .until(() -> furthest.get() >= newest);
                    }
                }
            } finally {
                battle.ends("completed", "limit");
            }

            List<Long> all = LongStream.rangeClosed(2, 2L * turns + 1).boxed().toList();
            for (Future<List<Long>> viewer : viewers) {
                assertThat(viewer.get()).as("seed %d", seed).isEqualTo(all);
            }
        }
    }

    /** Connects again and again, each time behind the last event it has, until the end. */
    private Callable<List<Long>> viewer(Random random, AtomicLong furthest) {
        return () -> {
            List<Long> seen = new ArrayList<>();
            while (true) {
                Long last = seen.isEmpty() ? null : seen.getLast();
                try (SseClient viewer = SseClient.open(gateway.at(path), last)) {
                    if (viewer.status() == 429) {
                        // Whoever leaves keeps its place until the gateway writes to it again.
                        Thread.onSpinWait();
                        continue;
                    }
                    assertThat(viewer.status()).isEqualTo(200);
                    int patience = random.nextInt(8);
                    for (Event event = viewer.next(); event != null; event = viewer.next()) {
                        if (event.name().equals("ended")) {
                            return seen;
                        }
                        if (event.id() != null) {
                            seen.add(event.id());
                            furthest.accumulateAndGet(event.id(), Math::max);
                            if (patience-- == 0) {
                                break;
                            }
                        }
                    }
                }
            }
        };
    }

    @Test
    void aReaderThatDoesNotReadIsDroppedAndDisturbsNobody() throws Exception {
        ReportDouble.Battle battle = report.battle(id);
        double before = slowViewers();
        String content = "x".repeat(400_000);
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(8 * 1024);
            slow.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            slow.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(ISO_8859_1));
            await().atMost(LONG).until(() -> viewers() == 1);

            try (SseClient brisk = SseClient.open(gateway.at(path), null)) {
                for (int turn = 1; turn <= 25; turn++) {
                    battle.turn(content);
                    assertThat(nextNumbered(brisk).id()).isEqualTo(2L * turn);
                    assertThat(nextNumbered(brisk).id()).isEqualTo(2L * turn + 1);
                }
                await().atMost(LONG).until(() -> viewers() == 1);
                battle.ends("completed", "limit");
                assertThat(untilEnd(brisk).getLast().name()).isEqualTo("ended");
            }
            assertThat(slowViewers() - before).isEqualTo(1);
        }
    }

    @Test
    void aClientThatTakesTooManyStreamsIsToldToWait() throws Exception {
        ReportDouble.Battle battle = report.battle(id).turn("one");
        List<SseClient> viewers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            viewers.add(SseClient.open(gateway.at(path), null));
        }

        HttpResponse<String> refused = gateway.get(path);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(RunningGateway.json(refused).get("code").asString())
                .isEqualTo("too_many_streams");
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        battle.ends("completed", "goal");
        for (SseClient viewer : viewers) {
            untilEnd(viewer);
            viewer.close();
        }
        assertThat(gateway.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void aBattleThatNobodyKnowsIsNotFoundForBrowsersToo() throws Exception {
        try (SseClient viewer = SseClient.open(gateway.at(path), null)) {
            assertThat(viewer.status()).isEqualTo(404);
            assertThat(viewer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(viewer.body()).contains("\"code\":\"battle_not_found\"");
        }
        report.battle(id).ends("completed", "goal");
        assertThat(gateway.get(path).statusCode()).as("it is asked for anew").isEqualTo(200);
    }

    @Test
    void withoutAReportServiceAStreamBeginsOnlyForWhoWasThereBefore() throws Exception {
        ReportDouble.Battle battle = report.battle(id).turn("one").turn("two");
        report.answersWith(503);
        try (SseClient stranger = SseClient.open(gateway.at(path), null);
                SseClient regular = SseClient.open(gateway.at(path), 3L)) {
            assertThat(stranger.status()).isEqualTo(503);
            assertThat(stranger.header("Retry-After")).isEqualTo("2");
            assertThat(stranger.body()).contains("\"code\":\"report_unavailable\"");
            assertThat(regular.status()).isEqualTo(200);

            report.answersWith(0);

            assertThat(nextNumbered(regular).id()).isEqualTo(4);
            battle.ends("completed", "goal");
        } finally {
            report.answersWith(0);
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

    @Test
    void aStoppingGatewayEndsItsStreamsAtOnceAndCleanly() throws Exception {
        report.battle(id).turn("one");
        try (RunningGateway other = RunningGateway.start(report.url(), Map.of());
                SseClient viewer = SseClient.open(other.at(path), null)) {
            assertThat(nextNumbered(viewer).id()).isEqualTo(2);
            assertThat(nextNumbered(viewer).id()).isEqualTo(3);
            AtomicReference<Double> watching = new AtomicReference<>();
            Gauge viewers =
                    other.bean(MeterRegistry.class)
                            .get("battlestream.gateway.stream.viewers")
                            .gauge();
            other.whenRefusingTraffic(() -> watching.set(viewers.value()));
            long begin = System.nanoTime();

            other.stop();

            assertThat(watching).as("readiness goes down first").hasValue(1.0);
            assertThat(untilEnd(viewer)).as("an end without an ending").isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("nothing waits for the time-out of the shutdown")
                    .isLessThan(Duration.ofSeconds(8));
        }
    }

    @Test
    void whatAFeedHasForgottenComesFromTheReportServiceAndWhatThatHasLostIsSaid() throws Exception {
        ReportDouble.Battle battle = report.battle(id);
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

    private static BodyPublisher noBody() {
        return BodyPublishers.noBody();
    }

    private static double viewers() throws IOException, InterruptedException {
        return gateway.metric("battlestream_gateway_stream_viewers");
    }

    private static double slowViewers() throws IOException, InterruptedException {
        return gateway.metric("battlestream_gateway_stream_dropped_total{reason=\"slow\"}");
    }

    private static Event next(SseClient viewer) throws IOException {
        Event event = viewer.next();
        if (event == null) {
            throw new AssertionError("the stream has ended");
        }
        return event;
    }

    /** The next event that is no comment and no status. */
    private static Event nextNamed(SseClient viewer) throws IOException {
        Event event = next(viewer);
        while (List.of(":", "status", "retry: 2000").contains(event.name())) {
            event = next(viewer);
        }
        return event;
    }

    /** The next message or verdict. */
    private static Event nextNumbered(SseClient viewer) throws IOException {
        Event event = next(viewer);
        while (event.id() == null) {
            event = next(viewer);
        }
        return event;
    }

    /** All that comes, without comments, until the server closes the stream. */
    private static List<Event> untilEnd(SseClient viewer) throws IOException {
        List<Event> events = new ArrayList<>();
        for (@Nullable Event event = viewer.next(); event != null; event = viewer.next()) {
            if (!event.name().equals(":")) {
                events.add(event);
            }
        }
        return events;
    }
}
