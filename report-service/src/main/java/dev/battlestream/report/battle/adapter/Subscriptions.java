package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.Delta;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who follows which battle or run on this instance. A subscription holds no event, only the fact
 * that something has changed: what that is, the follower reads from the views. So a slow follower
 * costs the same as a quick one, and nothing can be missed or told twice. Deltas alone are handed
 * over, and may be missed.
 */
public final class Subscriptions {

    private final ConcurrentHashMap<String, Set<Subscription>> byId = new ConcurrentHashMap<>();
    private final Semaphore free;
    private final int most;
    private volatile boolean closed;

    /**
     * @param most at most this many at a time
     */
    public Subscriptions(int most) {
        this.most = most;
        this.free = new Semaphore(most);
    }

    /**
     * Follows a battle or run until the subscription is closed.
     *
     * @throws TooManyFollowersException if the limit is reached or the service is going down
     */
    public Subscription open(String battleId) {
        if (closed || !free.tryAcquire()) {
            throw new TooManyFollowersException();
        }
        Subscription subscription = new Subscription(left -> leave(battleId, left));
        byId.compute(
                battleId,
                (id, followers) -> {
                    Set<Subscription> joined = followers == null ? new HashSet<>() : followers;
                    joined.add(subscription);
                    return joined;
                });
        if (closed) {
            // Went down in between: the round that ends the others may have missed this one.
            subscription.end();
        }
        return subscription;
    }

    /** Something about the battle or run has changed. */
    public void wake(String battleId) {
        // Nearly always nobody follows: look before taking the lock of the entry.
        if (byId.containsKey(battleId)) {
            byId.computeIfPresent(
                    battleId,
                    (id, followers) -> {
                        followers.forEach(Subscription::wake);
                        return followers;
                    });
        }
    }

    /** Whether anybody follows the battle here who has not heard of that record. */
    boolean awaits(String battleId, long offset) {
        // Nearly always nobody follows: look before taking the lock of the entry.
        if (!byId.containsKey(battleId)) {
            return false;
        }
        AtomicBoolean awaits = new AtomicBoolean();
        byId.computeIfPresent(
                battleId,
                (id, present) -> {
                    awaits.set(present.stream().anyMatch(follower -> follower.awaits(offset)));
                    return present;
                });
        return awaits.get();
    }

    /**
     * Something of a message of the battle that is being written, for those who have not heard of
     * it.
     *
     * @param offset of its record
     * @return how many deltas its followers lost for it
     */
    int tell(String battleId, long offset, Delta delta) {
        AtomicInteger dropped = new AtomicInteger();
        byId.computeIfPresent(
                battleId,
                (id, followers) -> {
                    followers.forEach(follower -> dropped.addAndGet(follower.tell(offset, delta)));
                    return followers;
                });
        return dropped.get();
    }

    /** Anything may have changed, ownership included. */
    void wakeAll() {
        byId.keySet().forEach(this::wake);
    }

    /** Ends every subscription and takes no more. */
    void end() {
        closed = true;
        byId.keySet()
                .forEach(battleId ->
                        byId.computeIfPresent(
                                battleId,
                                (id, followers) -> {
                                    followers.forEach(Subscription::end);
                                    return followers;
                                }));
    }

    /** How many there are. */
    public int count() {
        return most - free.availablePermits();
    }

    private void leave(String battleId, Subscription subscription) {
        byId.computeIfPresent(
                battleId,
                (id, followers) -> {
                    followers.remove(subscription);
                    return followers.isEmpty() ? null : followers;
                });
        free.release();
    }
}
