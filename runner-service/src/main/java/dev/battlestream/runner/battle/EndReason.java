package dev.battlestream.runner.battle;

/** Why a battle ends. */
public enum EndReason {
    GOAL,
    LIMIT,
    PLATEAU,
    BUDGET,
    ERROR,
    MANUAL,
    TIMEOUT,
    /** The opponent said one of its stop words. */
    STOPPED
}
