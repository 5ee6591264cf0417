package dev.battlestream.report.battle;

/**
 * Why a battle failed.
 *
 * @param cause whose fault it is
 * @param detail a readable sentence without secrets or prompt contents
 */
public record Failure(Cause cause, String detail) {

    /** Whose fault a failure is. */
    public enum Cause {
        /** The request broke a rule. */
        REQUEST,
        /** The agent's model provider failed for good. */
        PROVIDER,
        /** The judge, or its model provider, failed for good. */
        JUDGE,
        /** Battlestream itself failed. */
        PLATFORM,
        /** Nothing failed: a call did not fit into the budget. */
        BUDGET,
        /** A cause that this version does not know. */
        UNKNOWN
    }
}
