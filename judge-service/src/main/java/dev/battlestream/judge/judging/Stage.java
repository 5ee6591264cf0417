package dev.battlestream.judge.judging;

/** The stages of judging, in the order in which they are asked. */
public enum Stage {
    /** Deterministic checks. */
    VALIDATOR,
    /** A small model. */
    FAST,
    /** A larger model, or the same one asked more strictly: it confirms a yes of the fast one. */
    STRONG;

    /** Its name among criteria. */
    String word() {
        return switch (this) {
            case VALIDATOR -> "validator";
            case FAST -> "fast";
            case STRONG -> "strong";
        };
    }
}
