package dev.battlestream.report.battle;

/**
 * What each role of a battle has used.
 *
 * @param agent over the agent's messages
 * @param opponent over the opponent's messages
 * @param judge over the verdicts
 */
public record Used(Spent agent, Spent opponent, Spent judge) {

    static final Used NOTHING = new Used(Spent.NOTHING, Spent.NOTHING, Spent.NOTHING);

    Used with(Message message) {
        if (message.failed()) {
            return this;
        }
        return switch (message.speaker()) {
            case AGENT -> new Used(agent.plus(message.spent()), opponent, judge);
            case OPPONENT -> new Used(agent, opponent.plus(message.spent()), judge);
            case UNKNOWN -> this;
        };
    }

    Used with(Verdict verdict) {
        return new Used(agent, opponent, judge.plus(verdict.spent()));
    }

    /** What all roles have used. */
    public Spent total() {
        return agent.plus(opponent).plus(judge);
    }
}
