package dev.battlestream.report.battle.adapter;

import dev.battlestream.schemas.StoredAvro;
import dev.battlestream.schemas.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** A view without a broker, from a fixed instant, and what stands around it. */
public final class StoresDriver implements AutoCloseable {

    public static final Instant NOW = Instant.parse("2026-03-01T12:30:00Z");

    private final SimpleMeterRegistry meters;
    private final Path folder;
    private final TopologyTestDriver driver;

    /**
     * @param meters where the view counts what it drops
     */
    public StoresDriver(Topology topology, SimpleMeterRegistry meters) {
        this.meters = meters;
        folder = freshFolder();
        driver = new TopologyTestDriver(topology, properties(folder), NOW);
    }

    /**
     * What a view needs around it.
     *
     * @param wake told of whatever has changed
     */
    public static Surroundings around(
            Function<String, KeyValueBytesStoreSupplier> stores,
            SimpleMeterRegistry meters,
            ReadPositions positions,
            Consumer<String> wake,
            Retention.Terms retention) {
        return new Surroundings(
                StoresDriver::deserializer, stores, new Drops(meters), positions, wake, retention);
    }

    private static Deserializer<? extends SpecificRecord> deserializer(
            Topic<? extends SpecificRecord> topic) {
        return StoredAvro.of(topic.valueType()).deserializer();
    }

    private static Properties properties(Path folder) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "stores-driver");
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return config;
    }

    private static Path freshFolder() {
        try {
            return Files.createTempDirectory("stores-driver");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Publishes a record; one without a value, if that is null. */
    public <V extends SpecificRecord> void pipe(
            Topic<V> topic, @Nullable String key, @Nullable V value, Instant at) {
        driver.createInputTopic(
                        topic.name(),
                        new StringSerializer(),
                        StoredAvro.of(topic.valueType()).serializer())
                .pipeInput(key, value, at);
    }

    /** Publishes a record of another writer. */
    public void pipeRaw(Topic<?> topic, String key, byte[] value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, NOW);
    }

    public void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    public <K, V> KeyValueStore<K, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    /** All rows of a store, by key. */
    public static <K extends Comparable<K>, V> Map<K, V> rows(KeyValueStore<K, V> store) {
        Map<K, V> rows = new TreeMap<>();
        try (KeyValueIterator<K, V> all = store.all()) {
            all.forEachRemaining(row -> rows.put(row.key, row.value));
        }
        return rows;
    }

    /** Throws a store back to earlier rows, as a crash may do with each on its own. */
    public static <K extends Comparable<K>, V> void replace(
            KeyValueStore<K, V> store, Map<K, V> rows) {
        rows(store).keySet().forEach(store::delete);
        rows.forEach(store::put);
    }

    /** How many records a view has dropped for a reason. */
    public double dropped(String view, String reason) {
        Counter counter =
                meters.find(Drops.METER).tag("view", view).tag("reason", reason).counter();
        return counter == null ? 0 : counter.count();
    }

    @Override
    public void close() {
        driver.close();
        try {
            FileSystemUtils.deleteRecursively(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
