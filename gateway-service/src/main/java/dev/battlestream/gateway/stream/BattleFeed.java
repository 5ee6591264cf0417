package dev.battlestream.gateway.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events of one battle in their order, written by one upstream and read by any number of
 * viewers. A viewer is nothing but a {@link Place}: it asks for what comes behind it and waits when
 * there is nothing, so a slow one holds up nobody and nothing is stored for it.
 *
 * <pre>
 *            opened()          ended()
 *  OPENING ───────────► OPEN ───────────► ENDED      close(): CLOSED from any of them
 *     └─ unknownBattle() ─► UNKNOWN                  (an ended feed stays readable)
 * </pre>
 *
 * <p>Exactly once and in order: an event is taken only if it directly follows the last one. One
 * that is known already, as after a reconnect of the upstream, is dropped; one that would leave a
 * gap is refused, and the upstream has to come again from {@link #cursor}. What is written of the
 * next message is told as it comes, and may be lost: see {@link Drafts}.
 */
public final class BattleFeed {

    /** What became of an event that the upstream brought. */
    public enum Taken {
        /** It is the next one. */
        NEW,
        /** It was known already. */
        REPEATED,
        /** Something is missing before it. */
        GAP
    }

    /** The life of a feed. */
    public enum Phase {
        OPENING,
        OPEN,
        ENDED,
        UNKNOWN,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Signalled with every change, also of the draft. */
    private final Condition anything = lock.newCondition();

    private final FeedMemory memory;
    private final Drafts drafts;
    private final Backlog backlog = new Backlog();
    private Phase phase = Phase.OPENING;
    private long bytes;
    private @Nullable Frame status;
    private long statusNumber;
    private long statusBehind = Cursor.START;
    private @Nullable Frame ending;

    public BattleFeed(FeedMemory memory, DraftFrames draftFrames) {
        this.memory = memory;
        this.drafts = new Drafts(draftFrames);
    }

    /** The upstream knows the battle. */
    public void opened() {
        change(() -> {
            if (phase == Phase.OPENING) {
                phase = Phase.OPEN;
            }
        });
    }

    /** The upstream knows no such battle; only before it was opened. */
    public void unknownBattle() {
        change(() -> {
            if (phase == Phase.OPENING) {
                phase = Phase.UNKNOWN;
            }
        });
    }

    /** A message or a verdict arrived. */
    public Taken append(long cursor, Frame frame) {
        lock.lock();
        try {
            if (phase != Phase.OPEN) {
                return Taken.REPEATED;
            }
            Taken taken = backlog.take(cursor, frame);
            if (taken == Taken.NEW) {
                grow(frame.size());
                drafting(() -> drafts.delivered(Cursor.seq(cursor)));
                forgetTooMuch();
                signalChange();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Something of the next message was written. */
    public Delta.Taken delta(Delta delta) {
        lock.lock();
        try {
            if (phase != Phase.OPEN) {
                return Delta.Taken.LATE;
            }
            AtomicReference<Delta.Taken> taken = new AtomicReference<>(Delta.Taken.LATE);
            drafting(() -> taken.set(drafts.take(delta, Cursor.seq(backlog.last()) + 1)));
            forgetTooMuch();
            if (memory.tooMuch(bytes)) {
                drafting(drafts::clear);
                return Delta.Taken.NO_ROOM;
            }
            anything.signalAll();
            return taken.get();
        } finally {
            lock.unlock();
        }
    }

    /** The battle's state changed; a viewer gets the newest one only. */
    public void status(Frame frame) {
        change(() -> {
            status = frame;
            statusNumber++;
            statusBehind = backlog.last();
        });
    }

    /** The battle ended, and every event of it has been appended. */
    public void ended(Frame frame) {
        change(() -> {
            if (phase == Phase.OPEN) {
                phase = Phase.ENDED;
                ending = frame;
                drafting(drafts::clear);
            }
        });
    }

    /** Nobody writes any more: viewers leave, and come again elsewhere if the battle goes on. */
    public void close() {
        change(() -> {
            phase = Phase.CLOSED;
            grow(-bytes);
            backlog.clear();
            drafts.clear();
        });
    }

    /** The last event that arrived: where an upstream that was cut off goes on. */
    public long cursor() {
        lock.lock();
        try {
            return backlog.last();
        } finally {
            lock.unlock();
        }
    }

    /** Where the feed is in its life. */
    public Phase phase() {
        lock.lock();
        try {
            return phase;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it is known whether there is such a battle, but no longer than told. */
    public Phase awaitOpen(Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = atMost.toNanos();
            while (phase == Phase.OPENING && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return phase;
        } finally {
            lock.unlock();
        }
    }

    /**
     * What comes behind a place; waits for it, but no longer than told.
     *
     * @throws InterruptedException if the viewer's thread is interrupted while it waits
     */
    public Batch next(Place place, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = atMost.toNanos();
            while (!hasEvents(place) && !drafts.hasNews(place) && nanos > 0) {
                nanos = anything.awaitNanos(nanos);
            }
            return batch(place);
        } finally {
            lock.unlock();
        }
    }

    /**
     * The same for a viewer that got deltas a moment ago: more of them end the wait no earlier, so
     * that they come in fewer and larger pieces.
     */
    public Batch nextAfterPause(Place place, Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = pause.toNanos();
            while (!hasEvents(place) && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return batch(place);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasEvents(Place place) {
        return backlog.last() > place.cursor()
                || statusNumber > place.status()
                || phase == Phase.ENDED
                || phase == Phase.UNKNOWN
                || phase == Phase.CLOSED;
    }

    private Batch batch(Place place) {
        List<Frame> frames = new ArrayList<>();
        Frame newStatus = statusNumber > place.status() ? status : null;
        // A viewer that just came first hears how things stand; later on, a change of state keeps
        // its place among the events.
        if (newStatus != null && place.status() == 0) {
            frames.add(newStatus);
            newStatus = null;
        }
        if (place.cursor() < backlog.forgotten() && phase != Phase.CLOSED) {
            Place informed = new Place(place.cursor(), statusNumber, place.draft());
            return new Batch(List.copyOf(frames), informed, backlog.forgotten(), false, false);
        }
        backlog.tell(place.cursor(), newStatus, statusBehind, frames);
        int events = frames.size();
        DraftPlace draft = drafts.tell(place, frames);
        boolean deltas = frames.size() > events;
        if (ending != null && phase == Phase.ENDED) {
            frames.add(ending);
        }
        boolean over = phase == Phase.ENDED || phase == Phase.UNKNOWN || phase == Phase.CLOSED;
        return new Batch(
                List.copyOf(frames),
                new Place(Math.max(place.cursor(), backlog.last()), statusNumber, draft),
                Cursor.START,
                deltas,
                over);
    }

    /** Oldest first, whole messages with their verdicts, and never the newest event. */
    private void forgetTooMuch() {
        while (memory.tooMuch(bytes) && backlog.canForget()) {
            grow(-backlog.forgetOldest());
        }
    }

    private void grow(long by) {
        bytes += by;
        memory.take(by);
    }

    private void drafting(Runnable change) {
        int before = drafts.size();
        change.run();
        grow(drafts.size() - before);
    }

    private void signalChange() {
        changed.signalAll();
        anything.signalAll();
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            if (phase != Phase.CLOSED) {
                change.run();
                signalChange();
            }
        } finally {
            lock.unlock();
        }
    }
}
