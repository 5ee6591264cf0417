package dev.battlestream.report.battle;

/**
 * A place in the canonical order of a battle: 2·seq after message seq, 2·seq + 1 after the verdict
 * on it, 0 before everything.
 *
 * @param value 0 to 2·{@link Integer#MAX_VALUE} + 1
 */
public record Cursor(long value) {

    /** Before everything. */
    public static final Cursor START = new Cursor(0);

    private static final long MOST = 2L * Integer.MAX_VALUE + 1;

    /**
     * @throws IllegalArgumentException if the value is out of range
     */
    public Cursor {
        if (value < 0 || value > MOST) {
            throw new IllegalArgumentException("a cursor is a number from 0 to " + MOST);
        }
    }

    static Cursor afterMessage(int seq) {
        return new Cursor(2L * seq);
    }

    static Cursor afterVerdictOn(int seq) {
        return new Cursor(2L * seq + 1);
    }

    /** The last message before this place; 0 for none. */
    public int seq() {
        return (int) (value / 2);
    }

    /** Whether the verdict on that message lies before this place, too. */
    boolean verdictPassed() {
        return value % 2 == 1;
    }
}
