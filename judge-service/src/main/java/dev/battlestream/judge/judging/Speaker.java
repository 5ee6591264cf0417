package dev.battlestream.judge.judging;

/** Who played a message. */
public enum Speaker {
    /** The agent: its messages are judged. */
    AGENT,
    /** Anybody else: read, so that the sequence has no gap, and not judged. */
    OTHER
}
