package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Finds who owns a battle's partition, and reads the partitions that are owned here. Keys are
 * placed as Kafka's Java producer places them; a record that another partitioner put elsewhere is
 * not found.
 */
final class Views {

    /** Who answers for a battle. */
    sealed interface Owner {

        /** This instance. */
        record Here(int partition) implements Owner {}

        /** Another instance, reachable there. */
        record There(HostInfo host) implements Owner {}

        /** Nobody at the moment: partitions are being assigned. */
        record Nobody() implements Owner {}
    }

    private final KafkaStreams streams;
    private final HostInfo self;

    Views(KafkaStreams streams, HostInfo self) {
        this.streams = streams;
        this.self = self;
    }

    Owner owner(String battleId) {
        KeyQueryMetadata metadata;
        try {
            metadata =
                    streams.queryMetadataForKey(
                            BattleTopology.STATUSES, battleId, new StringSerializer());
        } catch (IllegalStateException | InvalidStateStoreException e) {
            return new Owner.Nobody();
        }
        if (metadata == null || KeyQueryMetadata.NOT_AVAILABLE.equals(metadata)) {
            return new Owner.Nobody();
        }
        HostInfo active = metadata.activeHost();
        if (HostInfo.unavailable().equals(active)) {
            return new Owner.Nobody();
        }
        return self.equals(active) ? new Owner.Here(metadata.partition()) : new Owner.There(active);
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
        return switch (owner(battleId)) {
            case Owner.Here(int partition) -> partition;
            case Owner.There _ -> throw new ViewUnavailableException("owned by another instance");
            case Owner.Nobody _ ->
                    throw new ViewUnavailableException("partitions are being assigned");
        };
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
            QueryableStoreType<ReadOnlyKeyValueStore<String, BattleStatus>> type =
                    QueryableStoreTypes.keyValueStore();
            return reading(() -> store(BattleTopology.STATUSES, type).get(battleId));
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
            return reading(() -> store(name, type).get(PlaceKeys.of(battleId, place)));
        }

        private <R> List<R> rowsAfter(
                String name,
                QueryableStoreType<ReadOnlyKeyValueStore<Bytes, R>> type,
                int place,
                int limit) {
            List<R> rows = new ArrayList<>();
            if (place == Integer.MAX_VALUE) {
                return rows;
            }
            try (KeyValueIterator<Bytes, R> range =
                    store(name, type)
                            .range(
                                    PlaceKeys.of(battleId, place + 1),
                                    PlaceKeys.of(battleId, Integer.MAX_VALUE))) {
                while (rows.size() < limit && range.hasNext()) {
                    rows.add(range.next().value);
                }
                return rows;
            } catch (InvalidStateStoreException | IllegalStateException e) {
                throw notReady(e);
            }
        }

        private <S> S store(String name, QueryableStoreType<S> type) {
            return streams.store(
                    StoreQueryParameters.fromNameAndType(name, type).withPartition(partition));
        }

        private static <T> @Nullable T reading(Supplier<@Nullable T> read) {
            try {
                return read.get();
            } catch (InvalidStateStoreException | IllegalStateException e) {
                throw notReady(e);
            }
        }

        private static ViewUnavailableException notReady(RuntimeException cause) {
            return new ViewUnavailableException("the views are not ready", cause);
        }
    }
}
