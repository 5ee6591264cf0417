package dev.battlestream.runner.battle;

/**
 * A failure for good.
 *
 * @param blame whose fault it is
 * @param detail a readable sentence without secrets or prompt contents
 */
public record Fault(Blame blame, String detail) {

    /** Whose fault a failure is; the taxonomy of the contract's FailureClass. */
    public enum Blame {
        REQUEST,
        PROVIDER,
        JUDGE,
        PLATFORM
    }
}
