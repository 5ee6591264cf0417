package dev.battlestream.effects;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * One partition with its store and its result log, and the instances that come to own it; time and
 * the brokers' answers belong to the test.
 */
final class Rig {

    static final String KEY = "battle";

    final ManualClock clock = new ManualClock();
    final Desk desk = new Desk();
    final FakeLog log = new FakeLog();
    final KeyValueStore<String, byte[]> store =
            Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore("desk-pending"),
                            Serdes.String(),
                            Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();

    private final int partition;

    Rig() {
        this(0);
    }

    Rig(int partition) {
        this.partition = partition;
        store.init(context().getStateStoreContext(), store);
    }

    static EffectId id(String name) {
        return new EffectId(KEY, name);
    }

    static EffectId id(int number) {
        return id("turn/" + number);
    }

    private MockProcessorContext<Void, Void> context() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "rig");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        return new MockProcessorContext<>(config, new TaskId(0, partition), new File("target/rig"));
    }

    Instance instance(EffectSettings settings) {
        return new Instance(settings, desk, true);
    }

    /** An instance whose calls are its own. */
    Instance instance(EffectSettings settings, Desk itsDesk) {
        return new Instance(settings, itsDesk, true);
    }

    /** An instance whose events are acknowledged only when the test says so. */
    Instance instanceWithoutAcks(EffectSettings settings) {
        return new Instance(settings, desk, false);
    }

    PendingEntry stored(EffectId id) {
        return PendingEntry.ofBytes(store.get(id.storeKey()));
    }

    boolean isStored(EffectId id) {
        return store.get(id.storeKey()) != null;
    }

    /** The result topic's partition as the brokers describe it. */
    static final class FakeLog implements ResultLog {

        volatile long start;
        volatile long end;
        volatile OptionalLong committed = OptionalLong.empty();
        volatile boolean answers = true;

        @Override
        public CompletableFuture<Position> position(String group, TopicPartition partition) {
            return answers
                    ? CompletableFuture.completedFuture(new Position(start, end, committed))
                    : CompletableFuture.failedFuture(new IllegalStateException("no broker"));
        }
    }

    /** One service instance. */
    final class Instance {

        final Desk desk;
        final MockProducer<byte[], byte[]> producer;
        final SimpleMeterRegistry meters = new SimpleMeterRegistry();
        final EffectEngine<String, Desk.Ask> engine;

        Instance(EffectSettings settings, Desk itsDesk, boolean acknowledges) {
            this.desk = itsDesk;
            producer =
                    new MockProducer<>(
                            acknowledges,
                            null,
                            new ByteArraySerializer(),
                            new ByteArraySerializer());
            engine = EffectEngine.over(desk, Desk.RESULTS, settings, producer, log, clock, meters);
        }

        Task assign() {
            return new Task(engine);
        }

        List<String> published() {
            List<String> texts = new ArrayList<>();
            for (ProducerRecord<byte[], byte[]> sent : producer.history()) {
                texts.add(new String(sent.value(), UTF_8));
            }
            return texts;
        }

        double count(String meter) {
            return meters.get(meter).counter().count();
        }

        double gauge(String meter) {
            return meters.get(meter).gauge().value();
        }
    }

    /** Sees each preparation. */
    interface Watch {
        void prepared(EffectId id, int attempt, String payload);
    }

    /** One assignment of the partition. */
    final class Task {

        final MockProcessorContext<Void, Void> context = context();
        final DurableEffects<String> effects;

        Task(EffectEngine<String, Desk.Ask> engine) {
            this(engine, (_, _, _) -> {});
        }

        Task(EffectEngine<String, Desk.Ask> engine, Watch watch) {
            context.addStateStore(store);
            effects =
                    engine.bind(
                            context,
                            (id, attempt, payload) -> {
                                watch.prepared(id, attempt, payload);
                                return new Desk.Ask(id, attempt, payload);
                            });
        }

        boolean start(EffectId id) {
            return effects.start(id, "payload");
        }

        /** Reads a record of the result topic. */
        boolean read(EffectId id, long offset) {
            context.setRecordMetadata(Desk.RESULTS, partition, offset);
            return effects.complete(id);
        }

        void punctuate() {
            context.scheduledPunctuators()
                    .forEach(each -> each.getPunctuator().punctuate(clock.millis()));
        }

        void punctuateAfterMillis(long millis) {
            clock.advanceMillis(millis);
            punctuate();
        }
    }
}
