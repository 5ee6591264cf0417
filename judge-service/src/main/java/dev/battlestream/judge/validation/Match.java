package dev.battlestream.judge.validation;

/** Whether a message is what a validator looks for. */
enum Match {
    YES,
    NO,
    /** Nobody can say: it is too large to be looked at, or the validator is of a later version. */
    UNKNOWN;

    static Match of(boolean matches) {
        return matches ? YES : NO;
    }
}
