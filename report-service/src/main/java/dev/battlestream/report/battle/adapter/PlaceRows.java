package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.DropReason;
import dev.battlestream.report.battle.Places;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a view that has one row for each place in a battle. Filling is idempotent and asks
 * only this store, so that a crash between two stores' changelogs leaves nothing that the replay
 * does not repair.
 */
public final class PlaceRows<R> {

    private final KeyValueStore<Bytes, R> store;

    public PlaceRows(KeyValueStore<Bytes, R> store) {
        this.store = store;
    }

    /**
     * Fills a place, if the first-wins rule allows it.
     *
     * @param count how many places belong to the battle; null while it has not ended
     * @return why not; null if it was filled
     */
    @Nullable DropReason fill(String battleId, int place, R row, @Nullable Integer count) {
        boolean sane = place >= 1;
        Bytes key = PlaceKeys.of(battleId, place);
        boolean taken = sane && store.get(key) != null;
        boolean previousTaken =
                sane && !taken && place > 1 && store.get(PlaceKeys.of(battleId, place - 1)) != null;
        DropReason refused = Places.refuse(place, taken, previousTaken, count);
        if (refused == null) {
            store.put(key, row);
        }
        return refused;
    }

    /**
     * Removes the rows of a battle beyond a count.
     *
     * @return how many were removed
     */
    public int keepOnly(String battleId, int count) {
        if (count == Integer.MAX_VALUE) {
            return 0;
        }
        List<Bytes> surplus = new ArrayList<>();
        try (KeyValueIterator<Bytes, R> rows =
                store.range(
                        PlaceKeys.of(battleId, count + 1),
                        PlaceKeys.of(battleId, Integer.MAX_VALUE))) {
            while (rows.hasNext()) {
                KeyValue<Bytes, R> row = rows.next();
                surplus.add(row.key);
            }
        }
        surplus.forEach(store::delete);
        return surplus.size();
    }
}
