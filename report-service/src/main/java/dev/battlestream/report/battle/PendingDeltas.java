package dev.battlestream.report.battle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The deltas that one follower has yet to be told. It is small: a follower that does not keep up
 * loses the oldest, and the offsets of the others tell what is missing. Written by one thread and
 * read by another.
 */
public final class PendingDeltas {

    /** Deltas that wait at most; they come a few times a second. */
    static final int MOST = 300;

    private final int mostChars;
    private final Deque<Delta> waiting = new ArrayDeque<>();
    private int chars;

    /**
     * @param mostChars characters that wait at most, one delta always may
     */
    public PendingDeltas(int mostChars) {
        this.mostChars = mostChars;
    }

    /**
     * Takes one more in.
     *
     * @return how many were dropped for it
     */
    public synchronized int offer(Delta delta) {
        waiting.addLast(delta);
        chars += length(delta);
        int dropped = 0;
        while (waiting.size() > 1 && (waiting.size() > MOST || chars > mostChars)) {
            chars -= length(waiting.removeFirst());
            dropped++;
        }
        return dropped;
    }

    /**
     * Lets go of the deltas of one message in their order, pieces that follow each other joined.
     * Those of messages before it are forgotten, those of messages behind it wait on.
     */
    public synchronized List<Delta> take(int seq) {
        List<Delta> taken = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.getFirst().seq() <= seq) {
            Delta delta = waiting.removeFirst();
            chars -= length(delta);
            if (delta.seq() == seq) {
                taken.add(delta instanceof Delta.Text text ? withRest(text) : delta);
            }
        }
        return taken;
    }

    private Delta withRest(Delta.Text first) {
        Delta.Text last = first;
        StringBuilder all = new StringBuilder(first.text());
        while (waiting.peekFirst() instanceof Delta.Text next && last.endsWhere(next)) {
            waiting.removeFirst();
            chars -= length(next);
            all.append(next.text());
            last = next;
        }
        return new Delta.Text(
                first.seq(),
                first.turn(),
                first.attempt(),
                last.index(),
                first.offset(),
                all.toString());
    }

    private static int length(Delta delta) {
        return switch (delta) {
            case Delta.Text text -> text.text().length();
            case Delta.Retry _ -> 0;
        };
    }
}
