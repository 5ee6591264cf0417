package dev.battlestream.judge.judging;

/** The stages of judging, in the order in which they are asked. */
public enum Stage {
    /** Deterministic checks. */
    VALIDATOR,
    /** A small model. */
    FAST,
    /** A larger model or a stricter rubric; no policy asks for it yet. */
    STRONG
}
