package dev.battlestream.runner.battle.adapter;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When the aggregates of a task run out of time. Rebuilt from the store at assignment; used by one
 * thread.
 */
public final class Deadlines {

    private record Deadline(Instant at, String id) {}

    private final NavigableSet<Deadline> inOrder =
            new TreeSet<>(Comparator.comparing(Deadline::at).thenComparing(Deadline::id));
    private final Map<String, Deadline> byId = new HashMap<>();

    /** Sets the aggregate's deadline; a former one no longer counts. */
    public void set(String id, Instant at) {
        Deadline deadline = new Deadline(at, id);
        Deadline former = byId.put(id, deadline);
        if (!deadline.equals(former)) {
            drop(former);
            inOrder.add(deadline);
        }
    }

    public boolean has(String id) {
        return byId.containsKey(id);
    }

    public void clear(String id) {
        drop(byId.remove(id));
    }

    /** Aggregates whose deadline is not after {@code now}, the most overdue first. */
    public List<String> passed(Instant now) {
        return inOrder.stream()
                .takeWhile(deadline -> !deadline.at().isAfter(now))
                .map(Deadline::id)
                .toList();
    }

    private void drop(@Nullable Deadline former) {
        if (former != null) {
            inOrder.remove(former);
        }
    }
}
