package dev.battlestream.local.demo;

import dev.battlestream.local.battles.BattleStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Holds what was seen of a battle against what its scenario promises. */
public final class Expectations {

    private Expectations() {}

    /**
     * Everything that is not as promised, in sentences; empty when all is well.
     *
     * @param kills how often the runner was killed while the battle may have played
     */
    public static List<String> broken(Scenario scenario, Observation seen, int kills) {
        List<String> broken = new ArrayList<>();
        BattleStatus status = seen.status();
        if (!scenario.endedReason().equals(status.endedReason())) {
            broken.add(
                    "ended as %s, not %s".formatted(status.endedReason(), scenario.endedReason()));
        }
        if (!Objects.equals(scenario.failureClass(), status.failureClass())) {
            broken.add(
                    "failure class is %s, not %s"
                            .formatted(status.failureClass(), scenario.failureClass()));
        }
        Integer promised = scenario.messages();
        if (promised != null && status.messageCount() != promised) {
            broken.add("%d messages, not %d".formatted(status.messageCount(), promised));
        }
        numbering(seen, broken);
        calls(scenario, seen, kills, broken);
        return broken;
    }

    private static void numbering(Observation seen, List<String> broken) {
        int count = seen.status().messageCount();
        if (!seen.seqs().equals(oneTo(count))) {
            broken.add("messages numbered %s, not 1 to %d".formatted(seen.seqs(), count));
        }
        // The last turn of a canceled battle may end before its judge does.
        List<Integer> judged = seen.turnsJudged();
        if (!judged.equals(oneTo(judged.size())) || judged.size() > seen.status().turn()) {
            broken.add("verdicts for turns %s of %d".formatted(judged, seen.status().turn()));
        }
        boolean playedOut =
                "goal".equals(seen.status().endedReason())
                        || "limit".equals(seen.status().endedReason());
        if (playedOut && judged.size() != seen.status().turn()) {
            broken.add("%d verdicts for %d turns".formatted(judged.size(), seen.status().turn()));
        }
    }

    /** Nothing is paid twice but what was in flight at a kill: one call of a battle at a time. */
    private static void calls(Scenario scenario, Observation seen, int kills, List<String> broken) {
        int inFlight = seen.playedDuringKill() ? kills : 0;
        int allowed =
                seen.status().turn() + scenario.callsWithoutMessage() + seen.retries() + inFlight;
        if (seen.calls().size() > allowed) {
            broken.add("%d model calls, at most %d".formatted(seen.calls().size(), allowed));
        }
        if (seen.repeated() > inFlight) {
            broken.add("%d turns asked for again, at most %d".formatted(seen.repeated(), inFlight));
        }
        if (seen.calls().size() < seen.status().turn()) {
            broken.add(
                    "%d model calls for %d turns"
                            .formatted(seen.calls().size(), seen.status().turn()));
        }
    }

    private static List<Integer> oneTo(int last) {
        return IntStream.rangeClosed(1, last).boxed().toList();
    }
}
