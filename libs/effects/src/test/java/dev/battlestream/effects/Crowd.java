package dev.battlestream.effects;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.time.InstantSource;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * A program that lets many effects run and many more wait, on RocksDB, and prints what one costs on
 * the stream thread; it ends with an exception when its heap is too small.
 */
final class Crowd implements Effect<String, EffectId, String> {

    private static final String STORE = "crowd-pending";

    private final CountDownLatch answers = new CountDownLatch(1);

    private Crowd() {}

    /** Arguments: a folder, effects that run, effects that wait. */
    public static void main(String[] args) {
        new Crowd().gather(new File(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }

    private void gather(File folder, int running, int waiting) {
        EffectEngine<String, EffectId> engine =
                EffectEngine.over(
                        this,
                        "results",
                        EffectSettings.defaults().withMaxInFlight(running),
                        new MockProducer<>(
                                true, null, new ByteArraySerializer(), new ByteArraySerializer()),
                        ResultLog.empty(),
                        InstantSource.system(),
                        new SimpleMeterRegistry());
        MockProcessorContext<Void, Void> context = context(folder);
        KeyValueStore<String, byte[]> store =
                Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(STORE),
                                Serdes.String(),
                                Serdes.ByteArray())
                        .withLoggingDisabled()
                        .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        DurableEffects<String> effects = engine.bind(context, (id, _, _) -> id);
        EffectId[] ids = new EffectId[running];
        for (int i = 0; i < running; i++) {
            ids[i] = new EffectId(UUID.randomUUID().toString(), "turn/" + i);
        }

        long start = System.nanoTime();
        for (EffectId id : ids) {
            effects.start(id, "payload");
        }
        report("dispatched", running, start);
        start = System.nanoTime();
        for (int i = 0; i < waiting; i++) {
            effects.start(new EffectId(UUID.randomUUID().toString(), "turn/" + i), "payload");
        }
        report("recorded to wait", waiting, start);
        if (engine.inFlight() != running || engine.waiting() != waiting) {
            throw new IllegalStateException(engine.inFlight() + " and " + engine.waiting());
        }
        start = System.nanoTime();
        for (EffectId id : ids) {
            effects.complete(id);
        }
        report("completed and replaced", running, start);
        effects.close();
        start = System.nanoTime();
        DurableEffects<String> back = engine.bind(context, (id, _, _) -> id);
        report("recovered", waiting, start);
        back.close();
        answers.countDown();
        store.close();
    }

    private static void report(String what, int effects, long since) {
        System.out.printf(
                "%d effects %s, %.1f us each, heap %d MB%n",
                effects,
                what,
                (System.nanoTime() - since) / 1_000.0 / effects,
                (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) >> 20);
    }

    private static MockProcessorContext<Void, Void> context(File folder) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "crowd");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        return new MockProcessorContext<>(config, new TaskId(0, 0), folder);
    }

    @Override
    public String type() {
        return "crowd";
    }

    @Override
    public Serde<String> payload() {
        return Serdes.String();
    }

    @Override
    public String run(EffectId id, EffectCall call) throws InterruptedException {
        answers.await();
        return "x";
    }

    @Override
    public ProducerRecord<byte[], byte[]> result(EffectId id, String result) {
        return new ProducerRecord<>("results", id.key().getBytes(UTF_8), result.getBytes(UTF_8));
    }

    @Override
    public ProducerRecord<byte[], byte[]> failed(EffectId id, Throwable fault) {
        return result(id, "failed");
    }
}
