package dev.battlestream.report.battle.adapter;

import dev.battlestream.events.BattleDeletionRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.Known;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Verdict;
import dev.battlestream.schemas.StoredAvro;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** The views without a broker, from a fixed instant. */
final class ViewsDriver implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T12:30:00Z");
    static final Duration RETENTION = Duration.ofDays(30);
    static final Duration MARKERS = Duration.ofDays(38);
    static final Duration SWEEP = Duration.ofMinutes(1);
    static final int SWEEP_BATCH = 10;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final ReadPositions positions = new ReadPositions();
    final List<String> woken = new ArrayList<>();

    /** Run at each wake-up, while the record that caused it is still being taken in. */
    Runnable onWake = () -> {};

    private final Function<String, KeyValueBytesStoreSupplier> stores;
    private final Path folder = freshFolder();
    private final TopologyTestDriver driver;

    /** With the stores of production. */
    ViewsDriver() {
        this(Stores::persistentKeyValueStore);
    }

    /** With other stores: the driver commits after each record, which takes a disk its time. */
    ViewsDriver(Function<String, KeyValueBytesStoreSupplier> stores) {
        this.stores = stores;
        driver = new TopologyTestDriver(topology(), properties(folder), NOW);
    }

    /** That of the views of battles, and behind them further ones. */
    Topology topology(FurtherViews... further) {
        return BattleTopology.build(
                new Surroundings(
                        ViewsDriver::deserializer,
                        stores,
                        new Drops(meters),
                        positions,
                        this::wake,
                        new Retention.Terms(RETENTION, MARKERS, SWEEP, SWEEP_BATCH)),
                List.of(further));
    }

    private void wake(String battleId) {
        woken.add(battleId);
        onWake.run();
    }

    private static Properties properties(Path folder) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "views-driver");
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        config.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        return config;
    }

    private static Path freshFolder() {
        try {
            return Files.createTempDirectory("views-driver");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Deserializer<? extends SpecificRecord> deserializer(
            Topic<? extends SpecificRecord> topic) {
        return StoredAvro.of(topic.valueType()).deserializer();
    }

    void publish(SpecificRecord record) {
        publish(EventAvro.battleId(record), record, NOW);
    }

    void publish(@Nullable String key, SpecificRecord record, Instant at) {
        switch (record) {
            case BattleRequested requested -> pipe(Topics.BATTLE_REQUESTS, key, requested, at);
            case TurnProduced turn -> pipe(Topics.BATTLE_TURNS, key, turn, at);
            case VerdictIssued verdict -> pipe(Topics.BATTLE_VERDICTS, key, verdict, at);
            case BattleEnded ended -> pipe(Topics.BATTLE_OUTCOMES, key, ended, at);
            case BattleDeletionRequested deletion ->
                    pipe(Topics.BATTLE_DELETIONS, key, deletion, at);
            default -> throw new IllegalArgumentException(record.getSchema().getName());
        }
    }

    private <V extends SpecificRecord> void pipe(
            Topic<V> topic, @Nullable String key, V value, Instant at) {
        driver.createInputTopic(
                        topic.name(),
                        new StringSerializer(),
                        StoredAvro.of(topic.valueType()).serializer())
                .pipeInput(key, value, at);
    }

    /** A record without a value. */
    void publishNothing(String key) {
        driver.createInputTopic(
                        Topics.BATTLE_TURNS.name(),
                        new StringSerializer(),
                        StoredAvro.of(TurnProduced.class).serializer())
                .pipeInput(key, null, NOW);
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    KeyValueStore<String, Known> statuses() {
        return driver.getKeyValueStore(BattleTopology.STATUSES);
    }

    /** That of a battle that is known and not deleted. */
    BattleStatus status(String battleId) {
        return (BattleStatus) statuses().get(battleId);
    }

    KeyValueStore<Bytes, Message> messages() {
        return driver.getKeyValueStore(BattleTopology.MESSAGES);
    }

    KeyValueStore<Bytes, Verdict> verdicts() {
        return driver.getKeyValueStore(BattleTopology.VERDICTS);
    }

    /** Everything that the views hold, by store and key. */
    Contents contents() {
        return new Contents(rows(statuses()), rows(messages()), rows(verdicts()));
    }

    /** All rows of all views. */
    record Contents(
            Map<String, Known> statuses,
            Map<Bytes, Message> messages,
            Map<Bytes, Verdict> verdicts) {}

    /** Throws the views back to earlier contents, as a crash may do with each on its own. */
    void restore(Contents earlier) {
        replace(statuses(), earlier.statuses());
        replace(messages(), earlier.messages());
        replace(verdicts(), earlier.verdicts());
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

    double dropped(String view, String reason) {
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
