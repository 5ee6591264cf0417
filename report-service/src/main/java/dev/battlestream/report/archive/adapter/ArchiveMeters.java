package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.battle.DropReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the archive's filling is measured by. */
final class ArchiveMeters {

    /** Why a record adds nothing to the archive. */
    enum Drop {
        /** Its bytes are no record of its topic; the views put it aside as a dead letter. */
        UNREADABLE,
        /** Its key is no id of a battle or run in its canonical form, or not that of its value. */
        BAD_KEY,
        /** An earlier record of the same identity is there already, or it was redelivered. */
        DUPLICATE,
        /** It lies beyond what the outcome says belongs to the battle. */
        BEYOND_END,
        /** Its predecessor is not there, which the contract of the topic rules out. */
        GAP,
        /** Its place is less than 1. */
        BAD_PLACE,
        /** Its battle is not the member of its run and place. */
        FOREIGN_MEMBER,
        /** Its battle has been deleted. */
        DELETED,
        /** The database refuses what it says. */
        REFUSED
    }

    /** What keeps a batch from being written. */
    enum Outage {
        /** PostgreSQL does not answer. */
        DATABASE,
        /** The schema registry does not answer. */
        REGISTRY
    }

    private static final String PREFIX = "battlestream.report.archive.";

    private final Map<Drop, Counter> drops = new EnumMap<>(Drop.class);
    private final Map<Outage, Counter> failures = new EnumMap<>(Outage.class);
    private final Timer writes;
    private final Counter records;
    private final Counter expired;
    private volatile double lag = Double.NaN;

    ArchiveMeters(MeterRegistry meters) {
        for (Drop drop : Drop.values()) {
            drops.put(
                    drop,
                    Counter.builder(PREFIX + "dropped")
                            .description("Records that added nothing to the archive")
                            .tag("reason", tag(drop))
                            .register(meters));
        }
        for (Outage outage : Outage.values()) {
            failures.put(
                    outage,
                    Counter.builder(PREFIX + "failures")
                            .description("Batches that could not be written and are tried again")
                            .tag("cause", tag(outage))
                            .register(meters));
        }
        writes =
                Timer.builder(PREFIX + "writes")
                        .description("Batches written to the archive")
                        .register(meters);
        records =
                Counter.builder(PREFIX + "records")
                        .description("Records that the archive took in")
                        .register(meters);
        expired =
                Counter.builder(PREFIX + "expired")
                        .description("Battles and runs that left the archive with their month")
                        .register(meters);
        Gauge.builder(PREFIX + "lag", () -> lag)
                .description("Records of this instance's partitions that are not archived yet")
                .register(meters);
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    void dropped(Drop reason, int howMany) {
        Counter counter = drops.get(reason);
        if (counter != null && howMany > 0) {
            counter.increment(howMany);
        }
    }

    /** Counts records that were dropped for a reason of the views. */
    void dropped(DropReason reason, int howMany) {
        dropped(Drop.valueOf(reason.name()), howMany);
    }

    /** Counts battles and runs that left the archive with their month. */
    void expired(int howMany) {
        expired.increment(howMany);
    }

    void failed(Outage cause) {
        Counter counter = failures.get(cause);
        if (counter != null) {
            counter.increment();
        }
    }

    void wrote(int taken, long nanos) {
        records.increment(taken);
        writes.record(nanos, TimeUnit.NANOSECONDS);
    }

    void lags(long behind) {
        lag = (double) behind;
    }
}
