package dev.battlestream.effects;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The running effects of one partition by id. It outlives the task that dispatched them, so that a
 * task that comes back to this instance adopts what still runs instead of paying for it again.
 *
 * <p>A run that has ended stays here until its event is read, as long as a task owns the partition:
 * its event may lie beyond the end of the log that the task's gate waits for. Without an owner it
 * goes at once, because the next owner asks for the end of the log after that.
 */
final class PartitionRuns {

    private final Map<EffectId, EffectRun<?, ?>> runs = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable DurableEffects<?>> owner = new AtomicReference<>();

    void own(DurableEffects<?> task) {
        owner.set(task);
    }

    void disown(DurableEffects<?> task) {
        if (owner.compareAndSet(task, null)) {
            runs.values().removeIf(EffectRun::isOver);
        }
    }

    void add(EffectRun<?, ?> run) {
        runs.put(run.id(), run);
    }

    boolean contains(EffectId id) {
        return runs.containsKey(id);
    }

    @Nullable EffectRun<?, ?> remove(EffectId id) {
        return runs.remove(id);
    }

    void ended(EffectRun<?, ?> run) {
        if (owner.get() == null) {
            runs.remove(run.id(), run);
        }
    }

    Collection<EffectRun<?, ?>> all() {
        return runs.values();
    }
}
