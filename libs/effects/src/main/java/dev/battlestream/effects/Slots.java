package dev.battlestream.effects;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The calls an engine may have in flight, shared fairly by its tasks and without a lock.
 *
 * <p>A free slot goes to the share that holds the fewest; among equals, to the one that was served
 * longest ago. A richer share leaves as many slots free as the poorer ones could claim, so none
 * starves; the poorest never waits for anybody, so there is no dead-lock. Shares look at each other
 * without synchronising: a stale view costs a little fairness, never the limit.
 */
final class Slots {

    private final int limit;
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicLong served = new AtomicLong();
    private final List<Share> shares = new CopyOnWriteArrayList<>();
    private volatile @Nullable CountDownLatch idle;

    Slots(int limit) {
        this.limit = limit;
    }

    Share join() {
        Share share = new Share();
        shares.add(share);
        return share;
    }

    /** Slots taken, those of shares that have left included. */
    int used() {
        return used.get();
    }

    /**
     * Waits until no slot is taken. Nobody may take one meanwhile.
     *
     * @return false if the time ran out
     */
    boolean awaitIdle(long time, TimeUnit unit) throws InterruptedException {
        CountDownLatch latch = new CountDownLatch(1);
        idle = latch;
        // Looked at after the latch is visible: a release either sees the latch or is seen here.
        return used.get() == 0 || latch.await(time, unit);
    }

    /** One task's part. All but {@link #release} is called by the task's stream thread. */
    final class Share {

        private final AtomicInteger running = new AtomicInteger();
        private volatile int waiting;
        private volatile long lastServed;

        /** Says how many effects this task would dispatch now if it could. */
        void waiting(int effects) {
            waiting = effects;
        }

        boolean tryTake() {
            while (true) {
                int taken = used.get();
                if (limit - taken <= owedToPoorer()) {
                    return false;
                }
                if (used.compareAndSet(taken, taken + 1)) {
                    running.incrementAndGet();
                    lastServed = served.incrementAndGet();
                    return true;
                }
            }
        }

        private int owedToPoorer() {
            int owed = 0;
            int mine = running.get();
            for (Share other : shares) {
                int claims = other.waiting;
                if (other != this && claims > 0) {
                    int behind = mine - other.running.get();
                    if (other.lastServed < lastServed) {
                        behind++;
                    }
                    owed += Math.max(0, Math.min(claims, behind));
                }
            }
            return owed;
        }

        /** Gives one slot back; also after {@link #leave}. */
        void release() {
            running.decrementAndGet();
            if (used.decrementAndGet() == 0) {
                CountDownLatch latch = idle;
                if (latch != null) {
                    latch.countDown();
                }
            }
        }

        /** Claims nothing any more. */
        void leave() {
            waiting = 0;
            shares.remove(this);
        }
    }
}
