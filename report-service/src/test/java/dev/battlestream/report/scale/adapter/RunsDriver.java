package dev.battlestream.report.scale.adapter;

import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.report.battle.adapter.Drops;
import dev.battlestream.report.battle.adapter.PlaceKeys;
import dev.battlestream.report.battle.adapter.ReadPositions;
import dev.battlestream.report.battle.adapter.Retention;
import dev.battlestream.report.battle.adapter.Surroundings;
import dev.battlestream.report.scale.Member;
import dev.battlestream.schemas.StoredAvro;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** The view of runs without a broker, from a fixed instant. */
final class RunsDriver implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T12:30:00Z");
    static final Duration RETENTION = Duration.ofDays(30);

    private static final byte[] SINGLE_OBJECT = {(byte) 0xC3, 1};

    final ReadPositions positions = new ReadPositions();
    final List<String> woken = new ArrayList<>();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Path folder = freshFolder();
    private final TopologyTestDriver driver;

    RunsDriver() {
        Topology topology = new Topology();
        new RunTopology()
                .addTo(
                        topology,
                        new Surroundings(
                                topic -> StoredAvro.of(topic.valueType()).deserializer(),
                                Stores::persistentKeyValueStore,
                                new Drops(meters),
                                positions,
                                woken::add,
                                new Retention.Terms(
                                        RETENTION, RETENTION, Duration.ofMinutes(1), 10)));
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "runs-driver");
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        driver = new TopologyTestDriver(topology, config, NOW);
    }

    private static Path freshFolder() {
        try {
            return Files.createTempDirectory("runs-driver");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void publish(SpecificRecord record) {
        publish(RunAvro.runId(record), record, NOW);
    }

    void publishAll(List<SpecificRecord> records) {
        records.forEach(this::publish);
    }

    void publish(@Nullable String key, SpecificRecord record, Instant at) {
        switch (record) {
            case ScaleRunRequested requested -> pipe(Topics.SCALE_REQUESTS, key, requested, at);
            case RunMemberChanged changed -> pipe(Topics.SCALE_MEMBERS, key, changed, at);
            case ScaleRunEnded ended -> pipe(Topics.SCALE_OUTCOMES, key, ended, at);
            default -> throw new IllegalArgumentException(record.getSchema().getName());
        }
    }

    private <V extends SpecificRecord> void pipe(
            Topic<V> topic, @Nullable String key, @Nullable V value, Instant at) {
        driver.createInputTopic(
                        topic.name(),
                        new StringSerializer(),
                        StoredAvro.of(topic.valueType()).serializer())
                .pipeInput(key, value, at);
    }

    /** A record of a writer that keeps no limit of digits. */
    void publishForeign(SpecificRecord record) {
        switch (record) {
            case ScaleRunRequested requested ->
                    pipeForeign(Topics.SCALE_REQUESTS, requested.getRunId(), requested);
            case RunMemberChanged changed ->
                    pipeForeign(Topics.SCALE_MEMBERS, changed.getRunId(), changed);
            default -> throw new IllegalArgumentException(record.getSchema().getName());
        }
    }

    private <V extends SpecificRecord> void pipeForeign(Topic<V> topic, String key, V value) {
        Schema wide =
                new Schema.Parser()
                        .parse(
                                value.getSchema()
                                        .toString()
                                        .replace("\"precision\":18", "\"precision\":38"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(SINGLE_OBJECT);
        bytes.writeBytes(
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(SchemaNormalization.parsingFingerprint64(value.getSchema()))
                        .array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<V>(wide).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, bytes.toByteArray(), NOW);
    }

    /** A record without a value. */
    void publishNothing(String key) {
        pipe(Topics.SCALE_MEMBERS, key, null, NOW);
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** The row of a run; fails if there is none. */
    RunRow row(String runId) {
        RunRow row = runs().get(runId);
        if (row == null) {
            throw new AssertionError("no run " + runId + " among " + contents().runs().keySet());
        }
        return row;
    }

    @Nullable Member member(String runId, int index) {
        return members().get(PlaceKeys.of(runId, index));
    }

    private KeyValueStore<String, RunRow> runs() {
        return driver.getKeyValueStore(RunTopology.RUNS);
    }

    private KeyValueStore<Bytes, Member> members() {
        return driver.getKeyValueStore(RunTopology.MEMBERS);
    }

    /** Everything that the view holds. */
    Contents contents() {
        return new Contents(rows(runs()), rows(members()));
    }

    /** All rows of both stores, by key. */
    record Contents(Map<String, RunRow> runs, Map<Bytes, Member> members) {}

    /** Throws the stores back to earlier contents, as a crash may do with each on its own. */
    void restore(Contents earlier) {
        replace(runs(), earlier.runs());
        replace(members(), earlier.members());
    }

    private static <K extends Comparable<K>, V> Map<K, V> rows(KeyValueStore<K, V> store) {
        Map<K, V> rows = new TreeMap<>();
        try (KeyValueIterator<K, V> all = store.all()) {
            all.forEachRemaining(row -> rows.put(row.key, row.value));
        }
        return rows;
    }

    private static <K extends Comparable<K>, V> void replace(
            KeyValueStore<K, V> store, Map<K, V> rows) {
        rows(store).keySet().forEach(store::delete);
        rows.forEach(store::put);
    }

    double dropped(String node, String reason) {
        Counter counter =
                meters.find(Drops.METER).tag("view", node).tag("reason", reason).counter();
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
