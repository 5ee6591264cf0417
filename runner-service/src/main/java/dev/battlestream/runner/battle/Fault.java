package dev.battlestream.runner.battle;

/**
 * A failure for good.
 *
 * @param blame whose fault it is
 * @param detail a readable sentence without secrets or prompt contents, cut at {@value #MAX_DETAIL}
 *     characters
 */
public record Fault(Blame blame, String detail) {

    /** Longest detail that the contract allows, in characters. */
    public static final int MAX_DETAIL = 1_000;

    public Fault {
        detail = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail;
    }

    /** Whose fault a failure is; the taxonomy of the contract's FailureClass. */
    public enum Blame {
        REQUEST,
        PROVIDER,
        JUDGE,
        PLATFORM,
        /** Nothing failed: a call was not made because it does not fit into the budget. */
        BUDGET
    }
}
