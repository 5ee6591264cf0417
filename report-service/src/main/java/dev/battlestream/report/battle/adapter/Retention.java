package dev.battlestream.report.battle.adapter;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Lets old battles and scale runs leave their views. One is old when its newest record is: the
 * clock by which Kafka deletes the records themselves, whatever the events in them say about time.
 * Compared with the wall clock and not with stream time, so that no record from the future can age
 * all others.
 *
 * <p>Each sweep looks at a bounded stretch of the store and goes on from there in the next one.
 * Rows at places go before the row of the store: a sweep that is cut short leaves a row that the
 * next one finds.
 */
public final class Retention<R> implements Punctuator {

    /**
     * How battles and runs leave the views.
     *
     * @param keepFor how long one stays after its newest record
     * @param keepMarkersFor how long it is remembered that one was deleted, after the record that
     *     says so; longer than the log has records of it
     * @param every time between two sweeps
     * @param batch at most this many are looked at in one sweep of one partition
     */
    public record Terms(Duration keepFor, Duration keepMarkersFor, Duration every, int batch) {

        public Terms {
            if (keepFor.compareTo(Duration.ofMinutes(1)) < 0) {
                throw new IllegalArgumentException("retention is at least a minute: " + keepFor);
            }
            if (keepMarkersFor.compareTo(keepFor) < 0) {
                throw new IllegalArgumentException(
                        "a deletion is remembered no shorter than what it deletes: "
                                + keepMarkersFor);
            }
            if (!every.isPositive()) {
                throw new IllegalArgumentException("time between sweeps is positive: " + every);
            }
            if (batch < 1) {
                throw new IllegalArgumentException("a sweep looks at one row at least");
            }
        }
    }

    private final Terms terms;
    private final KeyValueStore<String, R> store;
    private final Function<R, Instant> leavesAt;
    private final List<PlaceRows<?>> places;
    private final Consumer<String> wake;
    private @Nullable String from;

    /**
     * @param store what is swept, by battle or run
     * @param leavesAt when a row is old
     * @param places rows that go with those of the store
     * @param wake told of everything that has gone
     */
    public Retention(
            Terms terms,
            KeyValueStore<String, R> store,
            Function<R, Instant> leavesAt,
            List<PlaceRows<?>> places,
            Consumer<String> wake) {
        this.terms = terms;
        this.store = store;
        this.leavesAt = leavesAt;
        this.places = List.copyOf(places);
        this.wake = wake;
    }

    @Override
    public void punctuate(long nowMillis) {
        for (String id : nextStretch(Instant.ofEpochMilli(nowMillis))) {
            places.forEach(rows -> rows.keepOnly(id, 0));
            store.delete(id);
            wake.accept(id);
        }
    }

    /** What is old in the next stretch; after the last stretch comes the first. */
    private List<String> nextStretch(Instant now) {
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, R> rows = store.range(from, null)) {
            for (int looked = 0; looked < terms.batch() && rows.hasNext(); looked++) {
                KeyValue<String, R> row = rows.next();
                if (leavesAt.apply(row.value).isBefore(now)) {
                    old.add(row.key);
                }
            }
            from = rows.hasNext() ? rows.peekNextKey() : null;
        }
        return old;
    }
}
