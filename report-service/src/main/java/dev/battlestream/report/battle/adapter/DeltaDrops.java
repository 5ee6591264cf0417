package dev.battlestream.report.battle.adapter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** Counts the deltas that somebody follows and that are not told, by reason. */
final class DeltaDrops {

    static final String METER = "battlestream.report.deltas.dropped";

    /** Why a delta is not told. */
    enum Reason {
        /** Its bytes are no delta. */
        UNREADABLE,
        /** It speaks of another battle than its key, or of no place in it. */
        INVALID,
        /** It does not say where in the message it belongs. */
        NO_OFFSET,
        /** So many had come that reading went on with the newest. */
        BEHIND,
        /** The follower does not keep up. */
        SLOW_FOLLOWER
    }

    private final Map<Reason, Counter> counters = new EnumMap<>(Reason.class);

    DeltaDrops(MeterRegistry meters) {
        for (Reason reason : Reason.values()) {
            counters.put(
                    reason,
                    Counter.builder(METER)
                            .description("Deltas of followed battles that were not told")
                            .tag("reason", reason.name().toLowerCase(Locale.ROOT))
                            .register(meters));
        }
    }

    void count(Reason reason, long howMany) {
        Counter counter = counters.get(reason);
        if (counter != null && howMany > 0) {
            counter.increment((double) howMany);
        }
    }
}
