package dev.battlestream.report.battle.adapter;

import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.jspecify.annotations.Nullable;

/**
 * Finds who owns the partition of a key, and opens the partitions that are owned here. Keys are
 * placed as Kafka's Java producer places them; a record that another partitioner put elsewhere is
 * not found.
 */
public final class Owners {

    /** Who answers for a key. */
    sealed interface Owner {

        /** This instance. */
        record Here(int partition) implements Owner {}

        /** Another instance, reachable there. */
        record There(HostInfo host) implements Owner {}

        /** Nobody at the moment: partitions are being assigned. */
        record Nobody() implements Owner {}
    }

    /** Reads stores. */
    public interface Reading<T extends @Nullable Object> {

        /** What is read; may throw what stores throw when they are not ready. */
        T read();
    }

    private final KafkaStreams streams;
    private final HostInfo self;

    Owners(KafkaStreams streams, HostInfo self) {
        this.streams = streams;
        this.self = self;
    }

    /**
     * Who has the rows of a key.
     *
     * @param store one of the stores that are placed like the one that is meant
     */
    Owner owner(String store, String key) {
        KeyQueryMetadata metadata;
        try {
            metadata = streams.queryMetadataForKey(store, key, new StringSerializer());
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
     * The partition of a key that this instance owns.
     *
     * @throws ViewUnavailableException if it does not
     */
    public int partition(String store, String key) {
        return switch (owner(store, key)) {
            case Owner.Here(int partition) -> partition;
            case Owner.There _ -> throw new ViewUnavailableException("owned by another instance");
            case Owner.Nobody _ ->
                    throw new ViewUnavailableException("partitions are being assigned");
        };
    }

    /** A partition of a store; to be used within {@link #reading}. */
    public <S> S store(String name, QueryableStoreType<S> type, int partition) {
        return streams.store(
                StoreQueryParameters.fromNameAndType(name, type).withPartition(partition));
    }

    /**
     * What is read of stores.
     *
     * @throws ViewUnavailableException if they are not ready
     */
    public static <T extends @Nullable Object> T reading(Reading<T> what) {
        try {
            return what.read();
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw new ViewUnavailableException("the views are not ready", e);
        }
    }
}
