package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.BattleRequested;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Viewers that come and go see every message and verdict once and in order, while the gateway and
 * the report service are stopped, killed and started, and battles move between two instances of the
 * report service.
 *
 * <p>Small by default; {@code -Dbattlestream.streams.rounds=10 -Dbattlestream.streams.viewers=50}
 * is the whole size, {@code -Dbattlestream.streams.seed} repeats a run.
 */
@Timeout(1_200)
class StreamTest {

    private static final int ROUNDS = Integer.getInteger("battlestream.streams.rounds", 1);
    private static final int VIEWERS = Integer.getInteger("battlestream.streams.viewers", 10);
    private static final long SEED =
            Long.getLong("battlestream.streams.seed", System.currentTimeMillis());

    /** Battles that begin before each disturbance. */
    private static final int BATTLES = 2;

    /** Each takes about 0.3 s, and its verdict no time. */
    private static final int TURNS = 20;

    private final Platform platform = Platform.shared();
    private final ServiceProcess second = platform.another(ServiceKind.REPORT);

    @AfterEach
    void endTheSecond() {
        second.kill();
    }

    @Test
    void viewersSeeEverythingOnceAcrossRestartsAndARebalance() throws Exception {
        platform.with(
                ServiceKind.RUNNER, ServiceKind.JUDGE, ServiceKind.REPORT, ServiceKind.GATEWAY);
        ServiceProcess gateway = platform.service(ServiceKind.GATEWAY);
        ServiceProcess report = platform.service(ServiceKind.REPORT);
        Random random = new Random(SEED);
        List<Future<StreamViewer.Seen>> viewers = new ArrayList<>();
        try (BattleLog log = new BattleLog(platform.infra());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < ROUNDS; round++) {
                for (Runnable disturbance :
                        List.<Runnable>of(
                                () -> {
                                    report.kill();
                                    report.start().awaitReady();
                                },
                                () -> second.start().awaitReady(),
                                () -> {
                                    gateway.stop();
                                    gateway.start().awaitReady();
                                },
                                second::kill,
                                () -> {
                                    gateway.kill();
                                    gateway.start().awaitReady();
                                },
                                () -> {
                                    report.stop();
                                    report.start().awaitReady();
                                })) {
                    for (int battle = 0; battle < BATTLES; battle++) {
                        URI stream = URI.create(gateway.url() + "/api/stream/" + asked(log));
                        for (int viewer = 0; viewer < VIEWERS; viewer++) {
                            viewers.add(
                                    threads.submit(
                                            new StreamViewer(
                                                    stream,
                                                    random.nextLong(),
                                                    Duration.ofMinutes(3))));
                        }
                    }
                    pause(Duration.ofMillis(random.nextInt(3_000)));
                    disturbance.run();
                }
            }
            assertComplete(viewers);
        }
    }

    private static void assertComplete(List<Future<StreamViewer.Seen>> viewers) throws Exception {
        List<Long> all = LongStream.rangeClosed(2, 2L * TURNS + 1).boxed().toList();
        int connections = 0;
        int deltas = 0;
        for (Future<StreamViewer.Seen> viewer : viewers) {
            StreamViewer.Seen seen = viewer.get();
            assertThat(seen.faults()).as("seed %d", SEED).isEmpty();
            assertThat(seen.cursors()).as("seed %d", SEED).isEqualTo(all);
            connections += seen.connections();
            deltas += seen.deltas();
        }
        System.out.printf(
                "%d viewers (seed %d): %d connections, %d messages and verdicts each once in order, %d deltas%n",
                viewers.size(), SEED, connections, (long) viewers.size() * all.size(), deltas);
        assertThat(deltas).isPositive();
    }

    private static String asked(BattleLog log) throws InterruptedException {
        String battle = UUID.randomUUID().toString();
        log.request(
                BattleRequested.newBuilder()
                        .setBattleId(battle)
                        .setRequestedAt(Instant.now())
                        .setModel("scripted:never")
                        .setMessageLimit(TURNS)
                        .build());
        return battle;
    }

    /** The random moment of a disturbance. */
    private static void pause(Duration pause) {
        await().pollDelay(pause).atMost(pause.plusSeconds(10)).until(() -> true);
    }
}
