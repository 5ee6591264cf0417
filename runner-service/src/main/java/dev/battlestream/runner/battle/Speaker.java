package dev.battlestream.runner.battle;

/** Who plays a message. */
public enum Speaker {
    AGENT,
    OPPONENT
}
