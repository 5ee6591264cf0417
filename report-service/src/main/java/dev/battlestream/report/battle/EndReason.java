package dev.battlestream.report.battle;

/** Why a battle ended, and which state that leaves it in. */
public enum EndReason {
    /** The judge said that the goal has been reached. */
    GOAL(BattleState.COMPLETED),
    /** The agent has sent as many messages as it may. */
    LIMIT(BattleState.COMPLETED),
    /** No improvement over the configured number of turns. */
    PLATEAU(BattleState.COMPLETED),
    /** The opponent said one of its stop words. */
    STOPPED(BattleState.COMPLETED),
    /**
     * The next call does not fit into the budget: a stop that the request itself asked for,
     * nobody's failure.
     */
    BUDGET(BattleState.COMPLETED),
    /** Something failed for good. */
    ERROR(BattleState.FAILED),
    /** Somebody cancelled it. */
    MANUAL(BattleState.CANCELED),
    /** It took longer than it may, or nobody waited for its end any longer. */
    TIMEOUT(BattleState.TIMEOUT),
    /** A reason that this version does not know: it ended, and nothing says that it failed. */
    UNKNOWN(BattleState.COMPLETED);

    private final BattleState state;

    EndReason(BattleState state) {
        this.state = state;
    }

    /** The state of a battle that ended for this reason. */
    public BattleState state() {
        return state;
    }
}
