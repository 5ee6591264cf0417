package dev.battlestream.runner.battle;

import dev.battlestream.runner.battle.BattleInput.TurnArrived;
import dev.battlestream.runner.battle.BattleInput.VerdictArrived;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

/**
 * How far a battle has come; only accepted messages and verdicts count.
 *
 * @param turns messages of the agent
 * @param messages messages of both sides; the seq of the last one
 * @param bytes of UTF-8 in all messages
 * @param verdicts turns that were judged
 * @param judge both judges together
 * @param strongJudge the part of it that the strong judge has used
 * @param latenciesMs how long each turn of the agent took, in order, in milliseconds
 * @param improvement how far they say that the goal has been reached
 */
public record Progress(
        int turns,
        int messages,
        long bytes,
        int verdicts,
        Spent agent,
        Spent opponent,
        Spent judge,
        Spent strongJudge,
        List<Long> latenciesMs,
        Improvement improvement) {

    public Progress {
        latenciesMs = List.copyOf(latenciesMs);
    }

    public static final Progress NONE =
            new Progress(
                    0,
                    0,
                    0,
                    0,
                    Spent.NOTHING,
                    Spent.NOTHING,
                    Spent.NOTHING,
                    Spent.NOTHING,
                    List.of(),
                    Improvement.NONE);

    Progress played(Speaker speaker, TurnArrived turn) {
        boolean byAgent = speaker == Speaker.AGENT;
        return new Progress(
                byAgent ? turns + 1 : turns,
                messages + 1,
                bytes + turn.bytes(),
                verdicts,
                byAgent ? agent.plus(turn.spent()) : agent,
                byAgent ? opponent : opponent.plus(turn.spent()),
                judge,
                strongJudge,
                byAgent ? with(turn.latencyMs()) : latenciesMs,
                improvement);
    }

    private List<Long> with(long latencyMs) {
        return Stream.concat(latenciesMs.stream(), Stream.of(latencyMs)).toList();
    }

    Progress judged(VerdictArrived verdict) {
        return new Progress(
                turns,
                messages,
                bytes,
                verdicts + 1,
                agent,
                opponent,
                judge.plus(verdict.spent()),
                strongJudge.plus(verdict.strong().atMost(verdict.spent())),
                latenciesMs,
                improvement.judged(verdict.progress()));
    }

    /** The part of the judge's that the fast one has used. */
    public Spent fastJudge() {
        return judge.without(strongJudge);
    }

    BigDecimal unsettledUsd() {
        return agent.unsettledUsd().add(opponent.unsettledUsd()).add(judge.unsettledUsd());
    }

    /** The most that it has cost so far. */
    BigDecimal mostUsd() {
        return agent.mostUsd().add(opponent.mostUsd()).add(judge.mostUsd());
    }
}
