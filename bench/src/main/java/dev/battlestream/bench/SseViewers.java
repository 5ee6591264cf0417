package dev.battlestream.bench;

import dev.battlestream.bench.Battles.SeenTurn;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Many viewers of a few battles. First they stay, and each message's way to them is compared with
 * its way to a plain consumer of the topic in the same run. Then they leave and come again at
 * random while the report service and the gateway are killed and started again. In both parts every
 * viewer must see every message and verdict once and in order, else there is no result.
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

    @Option(
            names = "--report",
            description = "the report service, if its own streams are to be measured as well")
    private @Nullable URI report;

    @Option(names = "--viewers", defaultValue = "1000", description = "open streams")
    private int viewers;

    @Option(names = "--battles", defaultValue = "50", description = "battles that they watch")
    private int battles;

    @Option(names = "--turns", defaultValue = "10", description = "turns of each battle")
    private int turns;

    @Option(
            names = "--restless-turns",
            defaultValue = "25",
            description = "turns of the battles while services are killed")
    private int restlessTurns;

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

    @Option(names = "--pid-file", description = "the gateway's, for what it takes")
    private @Nullable Path pidFile;

    @Option(
            names = "--kill",
            description =
                    "pid file of a service that is killed while viewers come and go; repeated")
    private List<Path> mortals = List.of();

    @Option(
            names = "--start",
            arity = "1..*",
            description = "what starts a killed service again; without it, none is killed")
    private List<String> start = List.of();

    private double liveAtRest;

    /** One follower of each battle at the report service, which the gateway is one of, too. */
    private final List<Viewer> upstream = new ArrayList<>();

    /** What is published before is not compared: the viewers were still coming. */
    private long allWatchingSince;

    @Override
    public Integer call() throws InterruptedException, ExecutionException, IOException {
        PrintStream out = System.out;
        GatewayProcess process = new GatewayProcess(gateway, pidFile, mortals, start);
        out.printf(
                "%d viewers of %d battles of %d turns with %s%n", viewers, battles, turns, model);
        liveAtRest = process.live();
        out.println("gateway at rest: " + process.memory());
        Deliveries deliveries = new Deliveries();
        try (Battles product = new Battles(target)) {
            for (int round = 1 - warmUp; round <= rounds; round++) {
                Map<String, List<SeenTurn>> turnsSeen = new HashMap<>();
                List<Viewer> quiet = watched(product, turnsSeen, 0, process, null);
                if (round > 0) {
                    long open = allWatchingSince;
                    quiet.forEach(one -> deliveries.viewer(one, turnsOf(one, turnsSeen), open));
                    upstream.forEach(
                            one -> deliveries.follower(one, turnsOf(one, turnsSeen), open));
                }
                out.printf(
                        "after round %d%s: %s%n",
                        round, round > 0 ? "" : " (warm-up)", process.memory());
            }
            check(!deliveries.none(), "nothing was said while all were watching");
            deliveries.print(out);
            Map<String, List<SeenTurn>> turnsSeen = new HashMap<>();
            List<Long> away = new ArrayList<>();
            turns = restlessTurns;
            List<Viewer> restless = watched(product, turnsSeen, leaveAfter, process, away);
            check(
                    away.size() == process.mortals(),
                    "the battles were over before every service had been killed");
            out.printf(
                    Locale.ROOT,
                    "restless viewers of %d turns: %d attempts to connect, %d of them refused with a status; services killed %s%n",
                    turns,
                    restless.stream().mapToInt(Viewer::attempts).sum(),
                    restless.stream().mapToInt(Viewer::refused).sum(),
                    away.stream()
                            .map(nanos -> "%.1f s".formatted(nanos / 1e9))
                            .collect(Collectors.joining(", ", "[away ", "]")));
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
            @Nullable List<Long> away)
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
                        viewer(gateway, "/api/stream/%s", asked.get(i % battles), leavesAfter);
                watching.add(viewer);
                running.add(threads.submit(viewer));
            }
            upstream.clear();
            if (report != null && leavesAfter == 0) {
                for (String battleId : asked) {
                    Viewer viewer = viewer(report, "/internal/battles/%s/events", battleId, 0);
                    upstream.add(viewer);
                    running.add(threads.submit(viewer));
                }
            }
            boolean open = false;
            long begun = System.nanoTime();
            long killAt = System.nanoTime() + killAfter().toNanos();
            while (!running.stream().allMatch(Future::isDone)) {
                Thread.sleep(Duration.ofMillis(100));
                if (!open && watching.stream().allMatch(Viewer::connected)) {
                    open = true;
                    long openAfter = System.nanoTime() - begun;
                    double live = process.live() - liveAtRest;
                    System.out.printf(
                            Locale.ROOT,
                            "all are watching after %.1f s: %s; live beyond rest %.1f KB a stream (goal 32)%n",
                            openAfter / 1e9,
                            process.memory(),
                            live / 1024 / viewers);
                    allWatchingSince = System.nanoTime();
                }
                if (away != null && away.size() < process.mortals() && System.nanoTime() > killAt) {
                    away.add(process.killAndStart(away.size()));
                    killAt = System.nanoTime() + killAfter().toNanos();
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

    private Viewer viewer(URI service, String path, String battleId, int leavesAfter) {
        return new Viewer(
                service.resolve(path.formatted(battleId)), battleId, turns, leavesAfter, LIMIT);
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

    private static List<SeenTurn> turnsOf(Viewer viewer, Map<String, List<SeenTurn>> turnsSeen) {
        return turnsSeen.getOrDefault(viewer.battleId(), List.of());
    }

    private static Duration killAfter() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextInt(3_000, 6_000));
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("no result: " + otherwise);
        }
    }
}
