package dev.battlestream.runner.scale;

/** Why a run ended; the contract's RunEndReason. */
public enum RunEndReason {
    /** Every member was launched and has ended. */
    COMPLETED,
    /** What is left of the budget is not enough for another member. */
    BUDGET,
    /** Somebody cancelled it. */
    MANUAL,
    /** It took longer than it may. */
    TIMEOUT,
    /** It was refused. */
    ERROR
}
