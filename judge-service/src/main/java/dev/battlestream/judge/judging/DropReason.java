package dev.battlestream.judge.judging;

/** Why a record is dropped; each has its own counter. */
public enum DropReason {
    /** A message of this seq was read before: a call repeated after a crash. */
    REPEATED_TURN,
    /** The message does not follow the last one read. */
    TURN_OUT_OF_ORDER,
    /** More turns wait for the verdict of an earlier one than a battle may have. */
    TURN_TOO_FAR_AHEAD,
    /** The message is older than what is remembered, so it may have been judged. */
    STALE_TURN,
    /** The battle ended with a failed message. */
    TURN_AFTER_FAILURE,
    /** A verdict of this turn was read before: a judging repeated after a crash. */
    REPEATED_VERDICT,
    /** The verdict does not follow the last one read. */
    VERDICT_OUT_OF_ORDER,
    /** The verdict is of a battle that was forgotten. */
    STALE_VERDICT,
    /** The record has no value, or its key is not the battle it speaks of. */
    MISKEYED,
    /** The record's cost is negative or has more digits than the contract takes. */
    UNUSABLE_COST
}
