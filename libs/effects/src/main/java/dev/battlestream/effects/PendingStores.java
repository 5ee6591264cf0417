package dev.battlestream.effects;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** Stores for what is in flight: every entry is deleted soon after it was written. */
public final class PendingStores {

    /**
     * Settings of a changelog whose entries live for seconds. Small segments that close early,
     * since only closed ones are compacted, and compaction as soon as a fifth is waste: what a
     * restore reads stays close to what is pending. A day later even where nothing more is written:
     * what was deleted is not to lie there for ever. Tombstones are kept for the broker's default
     * of a day, so that an instance that was away for less never brings back a finished entry.
     */
    public static final Map<String, String> SHORT_LIVED_CHANGELOG =
            Map.of(
                    TopicConfig.CLEANUP_POLICY_CONFIG,
                    TopicConfig.CLEANUP_POLICY_COMPACT,
                    TopicConfig.SEGMENT_BYTES_CONFIG,
                    String.valueOf(16 * 1024 * 1024),
                    TopicConfig.SEGMENT_MS_CONFIG,
                    String.valueOf(10 * 60 * 1000),
                    TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
                    "0.2",
                    TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG,
                    String.valueOf(24 * 60 * 60 * 1000));

    private PendingStores() {}

    /** A persistent store of pending effects, without a cache: its entries are read once. */
    static StoreBuilder<KeyValueStore<String, byte[]>> builder(String name) {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingEnabled(SHORT_LIVED_CHANGELOG)
                .withCachingDisabled();
    }
}
