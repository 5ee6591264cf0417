package dev.battlestream.runner.battle;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How far a battle has come; only accepted messages and verdicts count.
 *
 * @param turns messages of the agent
 * @param messages messages of both sides; the seq of the last one
 * @param verdicts turns that were judged
 * @param improvement how far they say that the goal has been reached
 */
public record Progress(
        int turns,
        int messages,
        int verdicts,
        Spent agent,
        Spent opponent,
        Spent judge,
        Improvement improvement) {

    public static final Progress NONE =
            new Progress(0, 0, 0, Spent.NOTHING, Spent.NOTHING, Spent.NOTHING, Improvement.NONE);

    Progress played(Speaker speaker, Spent spent) {
        return switch (speaker) {
            case AGENT ->
                    new Progress(
                            turns + 1,
                            messages + 1,
                            verdicts,
                            agent.plus(spent),
                            opponent,
                            judge,
                            improvement);
            case OPPONENT ->
                    new Progress(
                            turns,
                            messages + 1,
                            verdicts,
                            agent,
                            opponent.plus(spent),
                            judge,
                            improvement);
        };
    }

    Progress judged(Spent spent, Optional<Double> estimate) {
        return new Progress(
                turns,
                messages,
                verdicts + 1,
                agent,
                opponent,
                judge.plus(spent),
                improvement.judged(estimate));
    }

    BigDecimal costUsd() {
        return agent.costUsd().add(opponent.costUsd()).add(judge.costUsd());
    }
}
