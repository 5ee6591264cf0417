package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.DeletedBattle;
import dev.battlestream.report.battle.Known;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Reads the battles of the partitions that this instance owns. */
final class Views {

    private final Owners owners;

    Views(Owners owners) {
        this.owners = owners;
    }

    /**
     * Reads a battle that this instance owns.
     *
     * @throws ViewUnavailableException if it does not
     */
    BattleReads of(String battleId) {
        return new StoreReads(battleId, partition(battleId));
    }

    /**
     * The partition of a battle that this instance owns.
     *
     * @throws ViewUnavailableException if it does not
     */
    int partition(String battleId) {
        return owners.partition(BattleTopology.STATUSES, battleId);
    }

    private final class StoreReads implements BattleReads {

        private final String battleId;
        private final int partition;

        StoreReads(String battleId, int partition) {
            this.battleId = battleId;
            this.partition = partition;
        }

        @Override
        public @Nullable BattleStatus status() {
            QueryableStoreType<ReadOnlyKeyValueStore<String, Known>> type =
                    QueryableStoreTypes.keyValueStore();
            Known known =
                    Owners.<@Nullable Known>reading(
                            () -> store(BattleTopology.STATUSES, type).get(battleId));
            return switch (known) {
                case BattleStatus status -> status;
                case DeletedBattle _ -> throw new DeletedBattleException();
                case null -> null;
            };
        }

        @Override
        public @Nullable Message message(int seq) {
            return row(BattleTopology.MESSAGES, QueryableStoreTypes.keyValueStore(), seq);
        }

        @Override
        public @Nullable Verdict verdict(int turn) {
            return row(BattleTopology.VERDICTS, QueryableStoreTypes.keyValueStore(), turn);
        }

        @Override
        public List<Message> messagesAfter(int seq, int limit) {
            return rowsAfter(
                    BattleTopology.MESSAGES, QueryableStoreTypes.keyValueStore(), seq, limit);
        }

        @Override
        public List<Verdict> verdictsAfter(int turn, int limit) {
            return rowsAfter(
                    BattleTopology.VERDICTS, QueryableStoreTypes.keyValueStore(), turn, limit);
        }

        private <R> @Nullable R row(
                String name, QueryableStoreType<ReadOnlyKeyValueStore<Bytes, R>> type, int place) {
            return Owners.<@Nullable R>reading(
                    () -> store(name, type).get(PlaceKeys.of(battleId, place)));
        }

        private <R> List<R> rowsAfter(
                String name,
                QueryableStoreType<ReadOnlyKeyValueStore<Bytes, R>> type,
                int place,
                int limit) {
            if (place == Integer.MAX_VALUE) {
                return List.of();
            }
            return Owners.reading(() -> {
                List<R> rows = new ArrayList<>();
                try (KeyValueIterator<Bytes, R> range =
                        store(name, type)
                                .range(
                                        PlaceKeys.of(battleId, place + 1),
                                        PlaceKeys.of(battleId, Integer.MAX_VALUE))) {
                    while (rows.size() < limit && range.hasNext()) {
                        rows.add(range.next().value);
                    }
                }
                return rows;
            });
        }

        private <S> S store(String name, QueryableStoreType<S> type) {
            return owners.store(name, type, partition);
        }
    }
}
