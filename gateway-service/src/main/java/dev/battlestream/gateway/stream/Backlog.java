package dev.battlestream.gateway.stream;

import dev.battlestream.gateway.stream.BattleFeed.Taken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages and verdicts of a battle that have arrived, without a gap, from the oldest that
 * there is room for to the newest. To be used under the lock of the feed.
 */
final class Backlog {

    private record Entry(long cursor, Frame frame) {}

    private final List<Entry> entries = new ArrayList<>();
    private long last = Cursor.START;
    private long forgotten = Cursor.START;

    /** The last event that was taken. */
    long last() {
        return last;
    }

    /** The last event that is there no more; {@link Cursor#START} when all are. */
    long forgotten() {
        return forgotten;
    }

    /** Takes the event that follows the last one, and no other. */
    Taken take(long cursor, Frame frame) {
        if (cursor <= last) {
            return Taken.REPEATED;
        }
        if (!Cursor.follows(cursor, last)) {
            return Taken.GAP;
        }
        entries.add(new Entry(cursor, frame));
        last = cursor;
        return Taken.NEW;
    }

    /** Whether something can be forgotten: the newest event never is. */
    boolean canForget() {
        return entries.size() > 1;
    }

    /** Forgets the oldest message with its verdict; answers the bytes that are free by it. */
    long forgetOldest() {
        long freed = forgetFirst();
        while (canForget() && entries.getFirst().cursor() % 2 == 1) {
            freed += forgetFirst();
        }
        return freed;
    }

    private long forgetFirst() {
        Entry first = entries.removeFirst();
        forgotten = first.cursor();
        return first.frame().size();
    }

    void clear() {
        entries.clear();
    }

    /**
     * Adds what comes behind a cursor.
     *
     * @param status has its place behind the event {@code statusBehind}, also for a viewer that is
     *     further; null for none
     */
    void tell(long behind, @Nullable Frame status, long statusBehind, List<Frame> frames) {
        Frame untold = status;
        for (Entry entry : entries) {
            if (untold != null && entry.cursor() > statusBehind) {
                frames.add(untold);
                untold = null;
            }
            if (entry.cursor() > behind) {
                frames.add(entry.frame());
            }
        }
        if (untold != null) {
            frames.add(untold);
        }
    }
}
