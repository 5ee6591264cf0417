package dev.battlestream.report.scale;

/** Why a run ended, and which state that leaves it in. */
public enum RunEndReason {
    /** Every member was launched and has ended. */
    COMPLETED(RunState.COMPLETED),
    /** What is left of the run's budget is not enough for another member. */
    BUDGET(RunState.COMPLETED),
    /** Somebody cancelled it. */
    MANUAL(RunState.CANCELED),
    /** It took longer than it may. */
    TIMEOUT(RunState.TIMEOUT),
    /** It was refused. */
    ERROR(RunState.FAILED),
    /** A reason that this version does not know: it ended, and nothing says that it failed. */
    UNKNOWN(RunState.COMPLETED);

    private final RunState state;

    RunEndReason(RunState state) {
        this.state = state;
    }

    /** The state of a run that ended for this reason. */
    public RunState state() {
        return state;
    }
}
