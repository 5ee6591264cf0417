package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Lets old battles leave the views. A battle is old when its newest record is: the clock by which
 * Kafka deletes the records themselves, whatever the events in them say about time. Compared with
 * the wall clock and not with stream time, so that no record from the future can age all others.
 *
 * <p>Each run looks at a bounded stretch of the status view and goes on from there in the next one.
 * Rows go before their status: a run that is cut short leaves a status that the next sweep finds.
 */
final class Retention implements Punctuator {

    /**
     * How battles leave the views.
     *
     * @param keepFor how long a battle stays after its newest record
     * @param every time between two runs
     * @param batch at most this many battles are looked at in one run of one partition
     */
    record Terms(Duration keepFor, Duration every, int batch) {

        Terms {
            if (keepFor.compareTo(Duration.ofMinutes(1)) < 0) {
                throw new IllegalArgumentException("retention is at least a minute: " + keepFor);
            }
            if (!every.isPositive()) {
                throw new IllegalArgumentException("time between sweeps is positive: " + every);
            }
            if (batch < 1) {
                throw new IllegalArgumentException("a sweep looks at one battle at least");
            }
        }
    }

    private final Terms terms;
    private final KeyValueStore<String, BattleStatus> statuses;
    private final PlaceRows<Message> messages;
    private final PlaceRows<Verdict> verdicts;
    private final Consumer<String> wake;
    private @Nullable String from;

    Retention(
            Terms terms,
            KeyValueStore<String, BattleStatus> statuses,
            PlaceRows<Message> messages,
            PlaceRows<Verdict> verdicts,
            Consumer<String> wake) {
        this.terms = terms;
        this.statuses = statuses;
        this.messages = messages;
        this.verdicts = verdicts;
        this.wake = wake;
    }

    @Override
    public void punctuate(long nowMillis) {
        Instant oldest = Instant.ofEpochMilli(nowMillis).minus(terms.keepFor());
        for (String battleId : nextStretch(oldest)) {
            messages.keepOnly(battleId, 0);
            verdicts.keepOnly(battleId, 0);
            statuses.delete(battleId);
            wake.accept(battleId);
        }
    }

    /** The old battles of the next stretch; after the last stretch comes the first. */
    private List<String> nextStretch(Instant oldest) {
        List<String> old = new ArrayList<>();
        try (KeyValueIterator<String, BattleStatus> rows = statuses.range(from, null)) {
            for (int looked = 0; looked < terms.batch() && rows.hasNext(); looked++) {
                KeyValue<String, BattleStatus> row = rows.next();
                if (row.value.times().recordedAt().isBefore(oldest)) {
                    old.add(row.key);
                }
            }
            from = rows.hasNext() ? rows.peekNextKey() : null;
        }
        return old;
    }
}
