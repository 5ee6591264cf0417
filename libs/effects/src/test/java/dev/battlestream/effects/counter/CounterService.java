package dev.battlestream.effects.counter;

import dev.battlestream.effects.EffectEngine;
import dev.battlestream.effects.EffectSettings;
import dev.battlestream.effects.EffectStreams;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** One instance of the counter, as a real service would be put together. */
final class CounterService implements AutoCloseable {

    /**
     * Where and how it runs.
     *
     * @param application id, and prefix of its topics
     * @param folder holds the state of all instances
     * @param commitEvery longer than a test keeps a transaction from being committed, if there is
     *     only one thread: a second one joins later, and a rebalance commits
     */
    record Place(
            String bootstrapServers,
            String application,
            String instance,
            Path folder,
            Duration commitEvery,
            int threads) {

        String requests() {
            return application + ".requests";
        }

        String turns() {
            return application + ".turns";
        }

        Place as(String otherInstance) {
            return new Place(
                    bootstrapServers, application, otherInstance, folder, commitEvery, threads);
        }
    }

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final EffectEngine<Integer, TurnEffect.Turn> engine;
    final KafkaStreams streams;

    CounterService(Place place, EffectSettings settings, CallLog calls, TurnEffect.Pace pace) {
        this(place, settings, calls, pace, Map.of());
    }

    /**
     * @param more settings of the producer that publishes results
     */
    CounterService(
            Place place,
            EffectSettings settings,
            CallLog calls,
            TurnEffect.Pace pace,
            Map<String, Object> more) {
        Map<String, Object> kafka = new HashMap<>(more);
        kafka.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, place.bootstrapServers());
        engine =
                EffectEngine.create(
                        new TurnEffect(place.turns(), calls, pace),
                        place.turns(),
                        settings,
                        kafka,
                        meters);
        streams =
                new KafkaStreams(
                        CounterProcessor.topology(engine, place.requests(), place.turns()),
                        properties(place));
        streams.setUncaughtExceptionHandler(_ -> StreamThreadExceptionResponse.REPLACE_THREAD);
    }

    private static Properties properties(Place place) {
        Properties config =
                EffectStreams.properties(
                        place.application(),
                        place.instance(),
                        place.bootstrapServers(),
                        place.folder().resolve(place.instance()));
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, place.commitEvery().toMillis());
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                (int) Math.max(2_500, 2 * place.commitEvery().toMillis()));
        config.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 3_000);
        config.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 500);
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, place.threads());
        return config;
    }

    CounterService start() {
        streams.start();
        return this;
    }

    double count(String meter) {
        return meters.get(meter).counter().count();
    }

    /** Closes and does not hold its partitions for a restart. */
    void leave() {
        engine.close();
        streams.close(
                CloseOptions.groupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)
                        .withTimeout(Duration.ofSeconds(10)));
    }

    @Override
    public void close() {
        engine.close();
        streams.close(Duration.ofSeconds(10));
    }
}
