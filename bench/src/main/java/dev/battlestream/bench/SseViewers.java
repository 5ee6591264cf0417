package dev.battlestream.bench;

import dev.battlestream.bench.Battles.SeenTurn;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Many viewers of a few battles. First they stay, and each message's way to them is compared with
 * its way to a plain consumer of the topic in the same run. Then they leave and come again at
 * random while the gateway is killed and started again. In both parts every viewer must see every
 * message and verdict once and in order, else there is no result.
 */
@Command(
        name = "sse-viewers",
        description = "Viewers of battles: delivery against a plain consumer, and nothing lost.")
final class SseViewers implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofMinutes(4);

    @Mixin private Target target = new Target();

    @Option(
            names = "--gateway",
            defaultValue = "http://127.0.0.1:8080",
            description = "the gateway, default ${DEFAULT-VALUE}")
    private URI gateway = URI.create("http://127.0.0.1:8080");

    @Option(names = "--viewers", defaultValue = "1000", description = "open streams")
    private int viewers;

    @Option(names = "--battles", defaultValue = "50", description = "battles that they watch")
    private int battles;

    @Option(names = "--turns", defaultValue = "10", description = "turns of each battle")
    private int turns;

    @Option(names = "--rounds", defaultValue = "2", description = "rounds of quiet viewers")
    private int rounds;

    @Option(
            names = "--warm-up",
            defaultValue = "1",
            description = "rounds before them, which are not measured")
    private int warmUp;

    @Option(
            names = "--model",
            defaultValue = "scripted:slow",
            description = "the agent's model, default ${DEFAULT-VALUE}")
    private String model = "";

    @Option(
            names = "--leave-after",
            defaultValue = "6",
            description = "events after which a restless viewer leaves, on average")
    private int leaveAfter;

    @Option(names = "--pid-file", description = "the gateway's, so that it can be killed")
    private @Nullable Path pidFile;

    @Option(
            names = "--start",
            arity = "1..*",
            description = "what starts the killed gateway again; without it, it is not killed")
    private List<String> start = List.of();

    private double liveAtRest;

    /** What is published before is not compared: the viewers were still coming. */
    private long allWatchingSince;

    @Override
    public Integer call() throws InterruptedException, ExecutionException, IOException {
        PrintStream out = System.out;
        GatewayProcess process = new GatewayProcess(gateway, pidFile, start);
        out.printf(
                "%d viewers of %d battles of %d turns with %s%n", viewers, battles, turns, model);
        liveAtRest = process.live();
        out.println("gateway at rest: " + process.memory());
        List<Long> raw = new ArrayList<>();
        List<Long> viewed = new ArrayList<>();
        List<Long> behind = new ArrayList<>();
        try (Battles product = new Battles(target)) {
            for (int round = 1 - warmUp; round <= rounds; round++) {
                Map<String, List<SeenTurn>> turnsSeen = new HashMap<>();
                List<Viewer> quiet = watched(product, turnsSeen, 0, process, null);
                if (round > 0) {
                    quiet.forEach(viewer -> compare(viewer, turnsSeen, raw, viewed, behind));
                }
                out.printf(
                        "after round %d%s: %s%n",
                        round, round > 0 ? "" : " (warm-up)", process.memory());
            }
            table(out, raw, viewed, behind);
            Map<String, List<SeenTurn>> turnsSeen = new HashMap<>();
            long[] away = new long[1];
            List<Viewer> restless = watched(product, turnsSeen, leaveAfter, process, away);
            out.printf(
                    Locale.ROOT,
                    "restless viewers: %d attempts to connect, %d of them refused with a status; gateway %s%n",
                    restless.stream().mapToInt(Viewer::attempts).sum(),
                    restless.stream().mapToInt(Viewer::refused).sum(),
                    away[0] == 0
                            ? "not killed"
                            : "killed once, back after %.1f s".formatted(away[0] / 1e9));
            out.println("after them: " + process.memory());
        }
        out.println("delivery: every viewer saw every message and verdict once and in order");
        return 0;
    }

    /** Lets viewers watch battles to their end. */
    private List<Viewer> watched(
            Battles product,
            Map<String, List<SeenTurn>> turnsSeen,
            int leavesAfter,
            GatewayProcess process,
            long @Nullable [] away)
            throws InterruptedException, ExecutionException, IOException {
        List<String> asked = new ArrayList<>();
        for (int battle = 0; battle < battles; battle++) {
            asked.add(product.ask(model, turns));
        }
        List<Viewer> watching = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        // The plain consumer has a thread to itself: whatever else happens here must not delay it.
        try (ExecutorService consumer = Executors.newSingleThreadExecutor();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reading = consumer.submit(() -> read(product, turnsSeen, over));
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < viewers; i++) {
                Viewer viewer =
                        new Viewer(gateway, asked.get(i % battles), turns, leavesAfter, LIMIT);
                watching.add(viewer);
                running.add(threads.submit(viewer));
            }
            boolean open = false;
            long killAt = System.nanoTime() + killAfter().toNanos();
            while (!running.stream().allMatch(Future::isDone)) {
                Thread.sleep(Duration.ofMillis(100));
                if (!open && watching.stream().allMatch(Viewer::connected)) {
                    open = true;
                    double live = process.live() - liveAtRest;
                    System.out.printf(
                            Locale.ROOT,
                            "all are watching: %s; live beyond rest %.1f KB a stream (goal 32)%n",
                            process.memory(),
                            live / 1024 / viewers);
                    allWatchingSince = System.nanoTime();
                }
                if (away != null
                        && away[0] == 0
                        && process.mortal()
                        && System.nanoTime() > killAt) {
                    away[0] = process.killAndStart();
                }
            }
            over.set(true);
            reading.get();
        }
        for (Viewer viewer : watching) {
            check(
                    viewer.fault().isEmpty(),
                    "a viewer of %s: %s".formatted(viewer.battleId(), viewer.fault()));
        }
        System.out.printf(
                "%d deltas told to %d viewers%n",
                watching.stream().mapToLong(Viewer::deltas).sum(), viewers);
        return watching;
    }

    private static void read(
            Battles product, Map<String, List<SeenTurn>> turnsSeen, AtomicBoolean over) {
        while (!over.get()) {
            for (SeenTurn turn : product.turns()) {
                turnsSeen
                        .computeIfAbsent(turn.turn().getBattleId(), _ -> new ArrayList<>())
                        .add(turn);
            }
        }
    }

    private static Duration killAfter() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextInt(4_000, 9_000));
    }

    private void compare(
            Viewer viewer,
            Map<String, List<SeenTurn>> turnsSeen,
            List<Long> raw,
            List<Long> viewed,
            List<Long> behind) {
        long wallOffset = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
        for (SeenTurn turn : turnsSeen.getOrDefault(viewer.battleId(), List.of())) {
            long published = turn.nanos();
            long arrived = viewer.arrival(turn.turn().getSeq());
            if (published > allWatchingSince && arrived != 0) {
                long produced =
                        ChronoUnit.NANOS.between(Instant.EPOCH, turn.turn().getProducedAt())
                                - wallOffset;
                raw.add(published - produced);
                viewed.add(arrived - produced);
                behind.add(arrived - published);
            }
        }
    }

    private static void table(
            PrintStream out, List<Long> raw, List<Long> viewed, List<Long> behind) {
        Distribution consumer = Distribution.of(raw);
        Distribution viewer = Distribution.of(viewed);
        Distribution difference = Distribution.of(behind);
        out.printf(
                "%-44s %8s %9s %9s %9s%n", "way of a message", "n", "p50 ms", "p90 ms", "p99 ms");
        row(out, "produced to a plain consumer of the topic", consumer);
        row(out, "produced to a viewer", viewer);
        row(out, "viewer behind the consumer, each message", difference);
        out.printf(
                Locale.ROOT,
                "p99 of viewers - p99 of the consumer: %+.1f ms (goal +20), ratio %.2f%n",
                viewer.percentile(99) - consumer.percentile(99),
                viewer.percentile(99) / consumer.percentile(99));
    }

    private static void row(PrintStream out, String name, Distribution times) {
        out.printf(
                Locale.ROOT,
                "%-44s %8d %9.1f %9.1f %9.1f%n",
                name,
                times.count(),
                times.percentile(50),
                times.percentile(90),
                times.percentile(99));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("no result: " + otherwise);
        }
    }
}
