package dev.battlestream.local.demo;

import dev.battlestream.local.battles.BattleStatus;
import java.util.List;

/**
 * What was seen of a battle after its end.
 *
 * @param seqs the sequence numbers of its messages as they were served
 * @param turnsJudged the turns of its verdicts as they were served
 * @param calls what the agent's model counted
 * @param playedDuringKill whether it went on when the runner was killed
 */
public record Observation(
        BattleStatus status,
        List<Integer> seqs,
        List<Integer> turnsJudged,
        List<Call> calls,
        boolean playedDuringKill) {

    public Observation {
        seqs = List.copyOf(seqs);
        turnsJudged = List.copyOf(turnsJudged);
        calls = List.copyOf(calls);
    }

    /** Attempts after the first of a call: the provider failed and was asked again. */
    public int retries() {
        return (int) calls.stream().filter(call -> call.attempt() > 1).count();
    }

    /** Calls for a turn that had been asked for before: what the kill cost. */
    public int repeated() {
        long first = calls.stream().filter(call -> call.attempt() == 1).count();
        long turns = calls.stream().mapToInt(Call::turn).distinct().count();
        return Math.toIntExact(first - turns);
    }
}
