package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.gateway.SseClient.Event;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** What viewers notice of services that hang, break off, restart or stop. */
class StreamFaultsHttpTest extends StreamContract {

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
    void aViewerNoticesNothingOfARestartOfTheReportService() throws Exception {
        BattleDouble battle = report.battle(id).turn("one");
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
        BattleDouble battle = report.battle(id);
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
    void withoutAReportServiceAStreamBeginsOnlyForWhoWasThereBefore() throws Exception {
        BattleDouble battle = report.battle(id).turn("one").turn("two");
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
}
