package dev.battlestream.runner.battle.adapter;

import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is remembered of aggregates that ended: that they did, and when. */
public final class EndedMarkers {

    private static final int LOOKED_AT_ONCE = 10_000;

    private final KeyValueStore<String, Long> markers;
    private Optional<String> next = Optional.empty();

    /**
     * @param markers milliseconds since 1970 by id
     */
    public EndedMarkers(KeyValueStore<String, Long> markers) {
        this.markers = markers;
    }

    /** When it ended; empty if it did not, or too long ago. */
    public Optional<Instant> endedAt(String id) {
        return Optional.ofNullable(markers.get(id)).map(Instant::ofEpochMilli);
    }

    public void put(String id, Instant endedAt) {
        markers.put(id, endedAt.toEpochMilli());
    }

    /** Forgets what ended before {@code horizon}; looks at a part with each call. */
    public void forgetBefore(Instant horizon) {
        try (KeyValueIterator<String, Long> part =
                next.isPresent() ? markers.range(next.get(), null) : markers.all()) {
            for (int seen = 0; part.hasNext(); seen++) {
                if (seen == LOOKED_AT_ONCE) {
                    next = Optional.of(part.peekNextKey());
                    return;
                }
                var marker = part.next();
                if (marker.value < horizon.toEpochMilli()) {
                    markers.delete(marker.key);
                }
            }
        }
        next = Optional.empty();
    }
}
