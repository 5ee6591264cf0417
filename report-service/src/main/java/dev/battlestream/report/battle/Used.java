package dev.battlestream.report.battle;

import org.jspecify.annotations.Nullable;

/**
 * What each role of a battle has used.
 *
 * @param agent over the agent's messages
 * @param opponent over the opponent's messages
 * @param judge over the verdicts
 * @param strongJudge the part of it that the strong judge has used; null where that is not known
 */
public record Used(Spent agent, Spent opponent, Spent judge, @Nullable Spent strongJudge) {

    static final Used NOTHING =
            new Used(Spent.NOTHING, Spent.NOTHING, Spent.NOTHING, Spent.NOTHING);

    Used with(Message message) {
        if (message.failed()) {
            return this;
        }
        return switch (message.speaker()) {
            case AGENT -> new Used(agent.plus(message.spent()), opponent, judge, strongJudge);
            case OPPONENT -> new Used(agent, opponent.plus(message.spent()), judge, strongJudge);
            case UNKNOWN -> this;
        };
    }

    Used with(Verdict verdict) {
        return new Used(
                agent,
                opponent,
                judge.plus(verdict.spent()),
                strongJudge == null ? null : strongJudge.plus(verdict.strong()));
    }

    /** The part of the judge's that the fast one has used; null where that is not known. */
    public @Nullable Spent fastJudge() {
        return strongJudge == null ? null : judge.without(strongJudge);
    }

    /** What all roles have used. */
    public Spent total() {
        return agent.plus(opponent).plus(judge);
    }
}
