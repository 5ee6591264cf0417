package dev.battlestream.bench;

import dev.battlestream.bench.Battles.SeenTurn;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.EndReason;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a turn costs: the time from one turn of a battle to the next (turn → judge → verdict →
 * runner → turn, model and judge without latency), against two plain Kafka clients that throw a
 * record to and fro on the same broker. The arms take turns in the order ABBA.
 */
@Command(
        name = "turn-overhead",
        description = "One battle's round trip of a turn against a raw two-hop ping-pong.")
final class TurnOverhead implements Callable<Integer> {

    private static final String MODEL = "scripted:instant";
    private static final int TURNS = 25;

    @Mixin private Target target = new Target();

    @Option(names = "--blocks", defaultValue = "6", description = "ABBA blocks")
    private int blocks;

    @Option(names = "--battles", defaultValue = "10", description = "battles in an arm")
    private int battles;

    @Option(
            names = "--warm-up",
            defaultValue = "1000",
            description = "battles before the measurement, all at once, so that it is compiled")
    private int warmUp;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        PrintStream out = System.out;
        List<Long> all = new ArrayList<>();
        List<Long> allRaw = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (Battles product = new Battles(target);
                PingPong raw = new PingPong(target.bootstrapServers)) {
            warmUp(product);
            play(product, battles);
            raw.rally(5_000);
            for (int block = 0; block < blocks; block++) {
                List<Long> a = play(product, battles);
                List<Long> b = raw.rally(battles * TURNS);
                b.addAll(raw.rally(battles * TURNS));
                a.addAll(play(product, battles));
                ratios.add(Distribution.of(a).percentile(50) / Distribution.of(b).percentile(50));
                all.addAll(a);
                allRaw.addAll(b);
            }
        }
        Distribution turn = Distribution.of(all);
        Distribution limit = Distribution.of(allRaw);
        ratios.sort(null);
        out.printf(
                Locale.ROOT,
                "kafka clients %s, java %s; topics: 1 replica, acks=all; stores: RocksDB, exactly-once%n",
                AppInfoParser.getVersion(),
                Runtime.version());
        out.printf("%-34s %8s %10s %10s%n", "arm", "n", "p50 ms", "p99 ms");
        row(out, "turn to turn, runner and judge", turn);
        row(out, "raw two-hop ping-pong", limit);
        out.printf(
                Locale.ROOT,
                "ratio p50 %.2f (blocks %.2f to %.2f), p99 %.2f; goals 1.5 and 3%n",
                turn.percentile(50) / limit.percentile(50),
                ratios.getFirst(),
                ratios.getLast(),
                turn.percentile(99) / limit.percentile(99));
        out.println(
                "delivery: every battle had its 25 turns in order and ended once, at its limit");
        return 0;
    }

    private void warmUp(Battles product) throws InterruptedException, ExecutionException {
        Set<String> running = new HashSet<>();
        for (int battle = 0; battle < warmUp; battle++) {
            running.add(product.ask(MODEL, TURNS));
        }
        while (!running.isEmpty()) {
            product.turns();
            product.outcomes().forEach(ended -> running.remove(ended.getBattleId()));
        }
    }

    /** Plays battles one after the other; answers the times from turn to turn in nanoseconds. */
    private static List<Long> play(Battles product, int battles)
            throws InterruptedException, ExecutionException {
        List<Long> nanos = new ArrayList<>();
        for (int battle = 0; battle < battles; battle++) {
            String id = product.ask(MODEL, TURNS);
            List<SeenTurn> seen = new ArrayList<>();
            while (seen.size() < TURNS) {
                product.turns().stream()
                        .filter(turn -> turn.turn().getBattleId().equals(id))
                        .forEach(seen::add);
            }
            for (int i = 0; i < TURNS; i++) {
                check(seen.get(i).turn().getSeq() == i + 1, "gap or repeat in battle " + id);
                if (i > 0) {
                    nanos.add(seen.get(i).nanos() - seen.get(i - 1).nanos());
                }
            }
            check(awaitEnd(product, id).getReason() == EndReason.LIMIT, "wrong end of " + id);
        }
        return nanos;
    }

    private static BattleEnded awaitEnd(Battles product, String id) {
        while (true) {
            for (BattleEnded ended : product.outcomes()) {
                if (ended.getBattleId().equals(id)) {
                    return ended;
                }
            }
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException("no result: " + otherwise);
        }
    }

    private static void row(PrintStream out, String arm, Distribution times) {
        out.printf(
                Locale.ROOT,
                "%-34s %8d %10.2f %10.2f%n",
                arm,
                times.count(),
                times.percentile(50),
                times.percentile(99));
    }
}
