package dev.battlestream.report.scale.adapter;

import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.report.battle.adapter.PlaceKeys;
import dev.battlestream.report.battle.adapter.ReadPositions;
import dev.battlestream.report.battle.adapter.Retention;
import dev.battlestream.report.battle.adapter.StoresDriver;
import dev.battlestream.report.scale.Member;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/** The view of runs without a broker, from a fixed instant. */
final class RunsDriver implements AutoCloseable {

    static final Instant NOW = StoresDriver.NOW;
    static final Duration RETENTION = Duration.ofDays(30);

    private static final byte[] SINGLE_OBJECT = {(byte) 0xC3, 1};

    final ReadPositions positions = new ReadPositions();
    final List<String> woken = new ArrayList<>();

    private final StoresDriver driver;

    RunsDriver() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Topology topology = new Topology();
        new RunTopology()
                .addTo(
                        topology,
                        StoresDriver.around(
                                Stores::persistentKeyValueStore,
                                meters,
                                positions,
                                woken::add,
                                new Retention.Terms(
                                        RETENTION, RETENTION, Duration.ofMinutes(1), 10)));
        driver = new StoresDriver(topology, meters);
    }

    void publish(SpecificRecord record) {
        publish(RunAvro.runId(record), record, NOW);
    }

    void publishAll(List<SpecificRecord> records) {
        records.forEach(this::publish);
    }

    void publish(@Nullable String key, SpecificRecord record, Instant at) {
        switch (record) {
            case ScaleRunRequested requested ->
                    driver.pipe(Topics.SCALE_REQUESTS, key, requested, at);
            case RunMemberChanged changed -> driver.pipe(Topics.SCALE_MEMBERS, key, changed, at);
            case ScaleRunEnded ended -> driver.pipe(Topics.SCALE_OUTCOMES, key, ended, at);
            default -> throw new IllegalArgumentException(record.getSchema().getName());
        }
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
        driver.pipeRaw(topic, key, bytes.toByteArray());
    }

    /** A record without a value. */
    void publishNothing(String key) {
        driver.pipe(Topics.SCALE_MEMBERS, key, null, NOW);
    }

    void pass(Duration time) {
        driver.pass(time);
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
        return driver.store(RunTopology.RUNS);
    }

    private KeyValueStore<Bytes, Member> members() {
        return driver.store(RunTopology.MEMBERS);
    }

    /** Everything that the view holds. */
    Contents contents() {
        return new Contents(StoresDriver.rows(runs()), StoresDriver.rows(members()));
    }

    /** All rows of both stores, by key. */
    record Contents(Map<String, RunRow> runs, Map<Bytes, Member> members) {}

    /** Throws the stores back to earlier contents, as a crash may do with each on its own. */
    void restore(Contents earlier) {
        StoresDriver.replace(runs(), earlier.runs());
        StoresDriver.replace(members(), earlier.members());
    }

    double dropped(String node, String reason) {
        return driver.dropped(node, reason);
    }

    @Override
    public void close() {
        driver.close();
    }
}
