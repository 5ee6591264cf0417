package dev.battlestream.effects.counter;

/**
 * State of one counter.
 *
 * @param turns turns counted so far, in order and without a gap
 * @param target turns asked for, 0 while the request has not been read, which happens when a result
 *     is read before the record that asked for it is processed again
 * @param cancelled whether it was told to stop
 */
record Count(int turns, int target, boolean cancelled) {

    static final Count NONE = new Count(0, 0, false);

    Count requested(int turnsAskedFor) {
        return target > 0 ? this : new Count(turns, turnsAskedFor, cancelled);
    }

    Count counted(int turn) {
        return turn == turns + 1 && !cancelled ? new Count(turn, target, cancelled) : this;
    }

    Count cancel() {
        return new Count(turns, target, true);
    }

    boolean wantsTurn() {
        return !cancelled && turns < target;
    }

    String toText() {
        return turns + ":" + target + ":" + cancelled;
    }

    static Count ofText(String text) {
        String[] parts = text.split(":", -1);
        return new Count(
                Integer.parseInt(parts[0]),
                Integer.parseInt(parts[1]),
                Boolean.parseBoolean(parts[2]));
    }
}
