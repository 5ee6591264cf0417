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
 * When the battles of a task run out of time. Rebuilt from the store at assignment; used by one
 * thread.
 */
final class Deadlines {

    private record Deadline(Instant at, String battleId) {}

    private final NavigableSet<Deadline> inOrder =
            new TreeSet<>(Comparator.comparing(Deadline::at).thenComparing(Deadline::battleId));
    private final Map<String, Deadline> byBattle = new HashMap<>();

    /** Sets the battle's deadline; a former one no longer counts. */
    void set(String battleId, Instant at) {
        Deadline deadline = new Deadline(at, battleId);
        Deadline former = byBattle.put(battleId, deadline);
        if (!deadline.equals(former)) {
            drop(former);
            inOrder.add(deadline);
        }
    }

    boolean has(String battleId) {
        return byBattle.containsKey(battleId);
    }

    void clear(String battleId) {
        drop(byBattle.remove(battleId));
    }

    /** Battles whose deadline is not after {@code now}, the most overdue first. */
    List<String> passed(Instant now) {
        return inOrder.stream()
                .takeWhile(deadline -> !deadline.at().isAfter(now))
                .map(Deadline::battleId)
                .toList();
    }

    private void drop(@Nullable Deadline former) {
        if (former != null) {
            inOrder.remove(former);
        }
    }
}
