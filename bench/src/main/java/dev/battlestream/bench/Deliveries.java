package dev.battlestream.bench;

import dev.battlestream.bench.Battles.SeenTurn;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How long messages take to whoever receives them, in nanoseconds, all by the same clock. */
final class Deliveries {

    private final List<Long> toConsumer = new ArrayList<>();
    private final List<Long> toFollower = new ArrayList<>();
    private final List<Long> toViewer = new ArrayList<>();
    private final List<Long> behind = new ArrayList<>();

    /**
     * A viewer of the gateway, and the plain consumer.
     *
     * @param turns of its battle, as the plain consumer saw them
     * @param since what it saw before does not count
     */
    void viewer(Viewer viewer, List<SeenTurn> turns, long since) {
        for (SeenTurn turn : turns) {
            long arrived = viewer.arrival(turn.turn().getSeq());
            if (turn.nanos() > since && arrived != 0) {
                toConsumer.add(turn.nanos() - produced(turn));
                toViewer.add(arrived - produced(turn));
                behind.add(arrived - turn.nanos());
            }
        }
    }

    /** A follower at the report service. */
    void follower(Viewer follower, List<SeenTurn> turns, long since) {
        for (SeenTurn turn : turns) {
            long arrived = follower.arrival(turn.turn().getSeq());
            if (turn.nanos() > since && arrived != 0) {
                toFollower.add(arrived - produced(turn));
            }
        }
    }

    private static long produced(SeenTurn turn) {
        long wallOffset = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
        return ChronoUnit.NANOS.between(Instant.EPOCH, turn.turn().getProducedAt()) - wallOffset;
    }

    boolean none() {
        return toConsumer.isEmpty();
    }

    void print(PrintStream out) {
        Distribution consumer = Distribution.of(toConsumer);
        Distribution viewer = Distribution.of(toViewer);
        out.printf(
                "%-46s %8s %9s %9s %9s%n", "way of a message", "n", "p50 ms", "p90 ms", "p99 ms");
        row(out, "produced to a plain consumer of the topic", consumer);
        if (!toFollower.isEmpty()) {
            row(out, "produced to a follower at the report service", Distribution.of(toFollower));
        }
        row(out, "produced to a viewer", viewer);
        row(out, "viewer behind the consumer, each message", Distribution.of(behind));
        out.printf(
                Locale.ROOT,
                "p99 of viewers - p99 of the consumer: %+.1f ms (goal +20), ratio %.2f%n",
                viewer.percentile(99) - consumer.percentile(99),
                viewer.percentile(99) / consumer.percentile(99));
    }

    private static void row(PrintStream out, String name, Distribution times) {
        out.printf(
                Locale.ROOT,
                "%-46s %8d %9.1f %9.1f %9.1f%n",
                name,
                times.count(),
                times.percentile(50),
                times.percentile(90),
                times.percentile(99));
    }
}
