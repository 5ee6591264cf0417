package dev.battlestream.runner.battle.adapter;

import dev.battlestream.effects.PendingStores;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** How the stores of what is in flight are made. */
public final class TaskStores {

    private TaskStores() {}

    /** On disk, with a changelog for rows that live for minutes; each write goes there at once. */
    public static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Serde<V> values) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withLoggingEnabled(PendingStores.SHORT_LIVED_CHANGELOG)
                .withCachingDisabled();
    }
}
