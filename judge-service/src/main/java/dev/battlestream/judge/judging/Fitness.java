package dev.battlestream.judge.judging;

/** Whether a turn can be judged. One that cannot gets a verdict too: that judging failed. */
public enum Fitness {
    /** It can. */
    FIT,
    /** It follows in the order of messages, but its turn is not the next one. */
    MISNUMBERED,
    /** It is too large to be kept until it is judged. */
    OVERSIZED
}
