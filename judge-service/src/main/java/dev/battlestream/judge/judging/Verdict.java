package dev.battlestream.judge.judging;

/** Has the goal been reached? */
public enum Verdict {
    YES,
    NO,
    /** The judge cannot say; the battle goes on. */
    UNCERTAIN
}
