package dev.battlestream.report.battle.adapter;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One follower's bell. Rung any number of times, it answers one wait: the follower reads everything
 * that there is anyway.
 */
final class Subscription implements AutoCloseable {

    private final Semaphore bell = new Semaphore(0);
    private final AtomicBoolean left = new AtomicBoolean();
    private final Consumer<Subscription> leave;
    private volatile boolean ended;

    Subscription(Consumer<Subscription> leave) {
        this.leave = leave;
    }

    void wake() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    /** The service no longer serves this follower. */
    void end() {
        ended = true;
        wake();
    }

    /** Whether the follower is still to be served. */
    boolean active() {
        return !ended;
    }

    /** Forgets earlier rings. To be called before reading, so that what is written later rings. */
    void clear() {
        bell.drainPermits();
    }

    /**
     * Waits for a ring since the last {@link #clear}.
     *
     * @return whether there was one
     */
    boolean await(Duration limit) throws InterruptedException {
        return bell.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        if (left.compareAndSet(false, true)) {
            leave.accept(this);
        }
    }
}
