package dev.battlestream.report.battle;

/** Who played a message. */
public enum Speaker {
    /** The agent whose goal is judged. */
    AGENT,
    /** The simulated opponent. */
    OPPONENT,
    /** A speaker that this version does not know. */
    UNKNOWN
}
