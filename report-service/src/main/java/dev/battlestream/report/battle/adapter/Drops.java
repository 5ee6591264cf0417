package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.DropReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the records that a view took nothing from, by view and reason. A replay after a crash
 * counts as duplicates, too.
 */
public final class Drops {

    public static final String METER = "battlestream.report.dropped";

    private final MeterRegistry meters;
    private final Map<String, Map<DropReason, Counter>> counters = new ConcurrentHashMap<>();

    public Drops(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Counts one record. */
    public void count(String view, DropReason reason) {
        Counter counter = counters.computeIfAbsent(view, this::ofView).get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    private Map<DropReason, Counter> ofView(String view) {
        Map<DropReason, Counter> byReason = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            byReason.put(
                    reason,
                    Counter.builder(METER)
                            .description("Records that a view took nothing from")
                            .tag("view", view)
                            .tag("reason", reason.tag())
                            .register(meters));
        }
        return byReason;
    }
}
