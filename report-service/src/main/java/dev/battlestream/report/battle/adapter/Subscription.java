package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.Delta;
import dev.battlestream.report.battle.PendingDeltas;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * One follower's bell. Rung any number of times, it answers one wait: the follower reads everything
 * that there is anyway. Only deltas, which are in no view, wait here: a few of them.
 */
public final class Subscription implements AutoCloseable {

    /** What a follower that is written to may miss of a message before it loses some. */
    private static final int MOST_DELTA_CHARS = 16_000;

    private final PendingDeltas deltas = new PendingDeltas(MOST_DELTA_CHARS);
    private final Semaphore bell = new Semaphore(0);
    private final AtomicBoolean viewsChanged = new AtomicBoolean(true);
    private final AtomicBoolean left = new AtomicBoolean();
    private final Consumer<Subscription> leave;
    private volatile boolean ended;
    private volatile long nextOffset;

    Subscription(Consumer<Subscription> leave) {
        this.leave = leave;
    }

    /** The views of what it follows have changed. */
    void wake() {
        viewsChanged.set(true);
        ring();
    }

    private void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /** Whether a delta's record is one that it has not heard of. */
    boolean awaits(long offset) {
        return offset >= nextOffset;
    }

    /**
     * Something of a message that is being written; ignored if it has heard of the record before.
     *
     * @param offset of its record; to be called by one thread
     * @return how many deltas were dropped for it
     */
    int tell(long offset, Delta delta) {
        if (!awaits(offset)) {
            return 0;
        }
        nextOffset = offset + 1;
        int dropped = deltas.offer(delta);
        ring();
        return dropped;
    }

    /** What has come of a message since it was last asked; see {@link PendingDeltas#take}. */
    List<Delta> takeDeltas(int seq) {
        return deltas.take(seq);
    }

    /** The service no longer serves this follower. */
    void end() {
        ended = true;
        wake();
    }

    /** Whether the follower is still to be served. */
    public boolean active() {
        return !ended;
    }

    /**
     * Forgets earlier rings. To be called before reading, so that what is written later rings.
     *
     * @return whether the views have changed since the last time, as they have at first
     */
    public boolean clear() {
        bell.drainPermits();
        return viewsChanged.getAndSet(false);
    }

    /**
     * Waits for a ring since the last {@link #clear}.
     *
     * @return whether there was one
     */
    public boolean await(Duration limit) throws InterruptedException {
        return bell.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Waits until something is known, ring by ring.
     *
     * @return whether it was within the time
     * @throws ViewUnavailableException if the service goes down meanwhile
     */
    public boolean awaitKnown(BooleanSupplier known, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        clear();
        while (!known.getAsBoolean()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (!active()) {
                throw new ViewUnavailableException("going down");
            }
            await(Duration.ofNanos(left));
            clear();
        }
        return true;
    }

    @Override
    public void close() {
        if (left.compareAndSet(false, true)) {
            leave.accept(this);
        }
    }
}
