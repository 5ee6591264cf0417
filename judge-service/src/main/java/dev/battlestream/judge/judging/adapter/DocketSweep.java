package dev.battlestream.judge.judging.adapter;

import dev.battlestream.judge.judging.Docket;
import dev.battlestream.judge.judging.JudgingDecider;
import dev.battlestream.judge.judging.JudgingInput.TimePassed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Forgets battles after the retention, a few at a time: each step goes on where the last one
 * stopped and begins again at the end. Where it stopped is not kept; a restart begins anew.
 *
 * <p>A battle is forgotten a day later than its records become stale, so that there is no moment,
 * and no difference between two clocks below a day, at which a record counts as fresh and its
 * battle is unknown.
 */
final class DocketSweep {

    /** Between two steps. */
    static final Duration INTERVAL = Duration.ofSeconds(10);

    /** Battles looked at in one step. */
    static final int BATTLES_PER_STEP = 500;

    static final Duration SLACK = Duration.ofDays(1);

    private final KeyValueStore<String, Docket> dockets;
    private final HeldTurns held;
    private final Duration keptFor;
    private final JudgingMeters meters;

    private @Nullable String next;

    DocketSweep(
            KeyValueStore<String, Docket> dockets,
            HeldTurns held,
            Duration retention,
            JudgingMeters meters) {
        this.dockets = dockets;
        this.held = held;
        this.keptFor = retention.plus(SLACK);
        this.meters = meters;
    }

    void step(Instant now) {
        for (String battle : expired(new TimePassed(now.minus(keptFor)))) {
            Docket forgotten = dockets.delete(battle);
            if (forgotten != null) {
                held.forget(battle, forgotten);
            }
            meters.forgotten();
        }
    }

    private List<String> expired(TimePassed time) {
        List<String> expired = new ArrayList<>();
        try (KeyValueIterator<String, Docket> found = from(next)) {
            for (int seen = 0; seen < BATTLES_PER_STEP && found.hasNext(); seen++) {
                KeyValue<String, Docket> each = found.next();
                Docket after = JudgingDecider.decide(each.value, time).docket();
                if (after.equals(Docket.UNHEARD)) {
                    expired.add(each.key);
                }
            }
            next = found.hasNext() ? found.peekNextKey() : null;
        }
        return expired;
    }

    private KeyValueIterator<String, Docket> from(@Nullable String battle) {
        return battle == null ? dockets.all() : dockets.range(battle, null);
    }
}
