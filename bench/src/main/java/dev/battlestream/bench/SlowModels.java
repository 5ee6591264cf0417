package dev.battlestream.bench;

import dev.battlestream.bench.Battles.SeenTurn;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.EndReason;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Many battles at once with a model that takes 2 s ± 1 s. The limit is a runner that costs nothing:
 * each battle then takes as long as its model calls.
 */
@Command(
        name = "slow-models",
        description = "Many battles in flight with a slow model: nothing lost, nothing waits.")
final class SlowModels implements Callable<Integer> {

    private static final String MODEL = "scripted:slow";

    @Mixin private Target target = new Target();

    @Option(
            names = "--runner",
            defaultValue = "http://127.0.0.1:8084",
            description = "the runner's own address, default ${DEFAULT-VALUE}")
    private String runner = "";

    @Option(names = "--battles", defaultValue = "2000", description = "battles in flight")
    private int battles;

    @Option(names = "--turns", defaultValue = "5", description = "turns of each battle")
    private int turns;

    @Override
    public Integer call() throws InterruptedException, ExecutionException, IOException {
        Map<String, List<SeenTurn>> seen = new HashMap<>();
        Map<String, BattleEnded> ended = new HashMap<>();
        double mostInFlight = 0;
        double mostWaiting = 0;
        double mostThreads = 0;
        double mostHeap = 0;
        try (Battles product = new Battles(target);
                HttpClient http = HttpClient.newHttpClient()) {
            Set<String> asked = new HashSet<>();
            for (int battle = 0; battle < battles; battle++) {
                asked.add(product.ask(MODEL, turns));
            }
            long deadline = System.nanoTime() + Duration.ofMinutes(10).toNanos();
            long wanted = (long) battles * turns;
            long read = 0;
            // An outcome may be read before the last turns of its battle: they are two topics.
            while (ended.size() < battles || read < wanted) {
                check(
                        System.nanoTime() < deadline,
                        "only %d battles ended, with %d turns".formatted(ended.size(), read));
                for (SeenTurn turn : product.turns()) {
                    if (asked.contains(turn.turn().getBattleId())) {
                        read++;
                        seen.computeIfAbsent(turn.turn().getBattleId(), _ -> new ArrayList<>())
                                .add(turn);
                    }
                }
                for (BattleEnded end : product.outcomes()) {
                    if (asked.contains(end.getBattleId())) {
                        check(
                                ended.put(end.getBattleId(), end) == null,
                                "a battle ended twice: " + end.getBattleId());
                    }
                }
                String metrics = metrics(http);
                mostInFlight = Math.max(mostInFlight, sum(metrics, "effects_in_flight"));
                mostWaiting = Math.max(mostWaiting, sum(metrics, "effects_waiting"));
                mostThreads = Math.max(mostThreads, sum(metrics, "jvm_threads_live_threads"));
                mostHeap = Math.max(mostHeap, heap(metrics, "used"));
            }
        }
        List<Long> overheads = new ArrayList<>();
        ended.forEach((id, end) -> {
            List<SeenTurn> played = seen.getOrDefault(id, List.of());
            check(end.getReason() == EndReason.LIMIT, "wrong end of " + id);
            check(played.size() == turns, "turns of " + id + ": " + played.size());
            long model = 0;
            for (int i = 0; i < turns; i++) {
                check(played.get(i).turn().getSeq() == i + 1, "gap or repeat in " + id);
                model += played.get(i).turn().getLatencyMs();
            }
            long took = Duration.between(end.getStartedAt(), end.getEndedAt()).toMillis();
            overheads.add((took - model) * 1_000_000 / turns);
        });
        double ideal = 0;
        double achieved = 0;
        for (List<SeenTurn> played : seen.values()) {
            ideal += played.stream().mapToLong(turn -> turn.turn().getLatencyMs()).sum();
        }
        for (BattleEnded end : ended.values()) {
            achieved += Duration.between(end.getStartedAt(), end.getEndedAt()).toMillis();
        }
        Distribution overhead = Distribution.of(overheads);
        PrintStream out = System.out;
        out.printf(
                Locale.ROOT,
                "%d battles of %d turns with %s, all ended once at their limit, no gap, no repeat%n",
                battles,
                turns,
                MODEL);
        out.printf(
                Locale.ROOT,
                "achieved : ideal %.3f (goal 0.95); a call took %.0f ms on average (playbook: 2000), the rest of a turn p50 %.1f ms, p99 %.1f ms%n",
                ideal / achieved,
                ideal / battles / turns,
                overhead.percentile(50),
                overhead.percentile(99));
        out.printf(
                Locale.ROOT,
                "runner: calls in flight up to %.0f, effects waiting up to %.0f, platform threads up to %.0f, heap used up to %.0f MB%n",
                mostInFlight,
                mostWaiting,
                mostThreads,
                mostHeap / (1 << 20));
        return 0;
    }

    private String metrics(HttpClient http) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(runner + "/actuator/prometheus")).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static double sum(String metrics, String name) {
        Matcher line =
                Pattern.compile("^" + name + "(?:\\{[^}]*})? (\\S+)$", Pattern.MULTILINE)
                        .matcher(metrics);
        double sum = 0;
        while (line.find()) {
            sum += Double.parseDouble(line.group(1));
        }
        return sum;
    }

    private static double heap(String metrics, String kind) {
        Matcher line =
                Pattern.compile(
                                "^jvm_memory_" + kind + "_bytes\\{area=\"heap\"[^}]*} (\\S+)$",
                                Pattern.MULTILINE)
                        .matcher(metrics);
        double sum = 0;
        while (line.find()) {
            sum += Double.parseDouble(line.group(1));
        }
        return sum;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("no result: " + otherwise);
        }
    }
}
