package dev.battlestream.runner.battle;

import dev.battlestream.runner.battle.BattleInput.TurnArrived;
import dev.battlestream.runner.battle.BattleInput.VerdictArrived;
import java.util.ArrayList;
import java.util.List;

/**
 * What has arrived and cannot be used yet. A battle's topics reach the runner in any order, each
 * keeping its own: after a crash a turn may come before the replayed request that asked for it, and
 * a verdict before the turn that it judges. The first of its identity is kept here until its time
 * comes; both lists are contiguous and start right after what the battle has accepted.
 *
 * @param turns without their contents, which are kept in the transcript
 */
public record Arrivals(List<TurnArrived> turns, List<VerdictArrived> verdicts) {

    public static final Arrivals NONE = new Arrivals(List.of(), List.of());

    public Arrivals {
        turns = List.copyOf(turns);
        verdicts = List.copyOf(verdicts);
    }

    Arrivals with(TurnArrived turn) {
        return new Arrivals(append(turns, turn.withoutContent()), verdicts);
    }

    Arrivals with(VerdictArrived verdict) {
        return new Arrivals(turns, append(verdicts, verdict));
    }

    Arrivals withoutFirstTurn() {
        return new Arrivals(turns.subList(1, turns.size()), verdicts);
    }

    Arrivals withoutFirstVerdict() {
        return new Arrivals(turns, verdicts.subList(1, verdicts.size()));
    }

    private static <T> List<T> append(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}
