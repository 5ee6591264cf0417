package dev.battlestream.report.battle.adapter;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** In which partitions somebody follows a battle here, and in which somebody has just come. */
final class PartitionWatches {

    private final Map<Integer, Integer> followers = new HashMap<>();
    private final Set<Integer> newcomers = new HashSet<>();
    private Runnable changed = () -> {};
    private boolean ended;

    /** A partition that is wanted until this is closed. */
    final class Watch implements AutoCloseable {

        private final int partition;
        private final AtomicBoolean left = new AtomicBoolean();

        private Watch(int partition) {
            this.partition = partition;
        }

        @Override
        public void close() {
            if (left.compareAndSet(false, true)) {
                leave(partition);
            }
        }
    }

    synchronized Watch watch(int partition) {
        followers.merge(partition, 1, Integer::sum);
        newcomers.add(partition);
        change();
        return new Watch(partition);
    }

    private synchronized void leave(int partition) {
        followers.computeIfPresent(partition, (_, many) -> many == 1 ? null : many - 1);
        if (!followers.containsKey(partition)) {
            newcomers.remove(partition);
            change();
        }
    }

    private void change() {
        notifyAll();
        changed.run();
    }

    /** What is to be run, quickly, when somebody comes or the last one goes. */
    synchronized void onChange(Runnable run) {
        changed = run;
    }

    /** The partitions in which somebody follows a battle. */
    synchronized Set<Integer> wanted() {
        return Set.copyOf(followers.keySet());
    }

    /** Those of them in which somebody has come since they were last {@link #welcomed}. */
    synchronized Set<Integer> newcomers() {
        return Set.copyOf(newcomers);
    }

    synchronized void welcomed(Set<Integer> partitions) {
        newcomers.removeAll(partitions);
    }

    /** Waits until somebody follows a battle, or the end. */
    synchronized void awaitFollower() throws InterruptedException {
        while (followers.isEmpty() && !ended) {
            wait();
        }
    }

    /** Nobody is waited for any more. */
    synchronized void end() {
        ended = true;
        change();
    }
}
