package dev.battlestream.report.battle.adapter;

import dev.battlestream.effects.BoundedRocksDb;
import dev.battlestream.effects.EffectStreams;
import dev.battlestream.effects.RecordTimestamps;
import dev.battlestream.schemas.DeadLetters;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.SerdeSettings;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.TopicCreation;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.Stores;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the views together. */
@Configuration(proxyBeanMethods = false)
class ViewConfiguration {

    private static final String APPLICATION_ID = "battlestream-report";

    /** A silent instance loses its partitions after this time. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    /**
     * What a crash reads again at most, to no effect: writes are idempotent. A commit holds up the
     * thread, and with it whoever follows a battle.
     */
    private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(30);

    /** What was deleted does not lie in a changelog for longer, even if little is written there. */
    private static final Duration COMPACTED_WITHIN = Duration.ofDays(1);

    @Bean
    EventSerdes eventSerdes(ReportSettings settings) {
        return new EventSerdes(
                SerdeSettings.apicurio(
                        settings.registry().url(), settings.registry().autoRegister()));
    }

    @Bean
    ReadPositions readPositions() {
        return new ReadPositions();
    }

    @Bean
    Subscriptions subscriptions(ReportSettings settings, MeterRegistry meters) {
        Subscriptions subscriptions = new Subscriptions(settings.followers().most());
        Gauge.builder("battlestream.report.followers", subscriptions, Subscriptions::count)
                .description("Streams of events that this instance serves")
                .register(meters);
        return subscriptions;
    }

    @Bean(destroyMethod = "") // ViewStreams ends it, and waits
    KafkaStreams battleStreams(
            ReportSettings settings,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            EventSerdes serdes,
            ReadPositions positions,
            Subscriptions subscriptions,
            List<FurtherViews> further,
            MeterRegistry meters) {
        return new KafkaStreams(
                BattleTopology.build(
                        new Surroundings(
                                topic -> serdes.values(topic).deserializer(),
                                Stores::persistentKeyValueStore,
                                new Drops(meters),
                                positions,
                                subscriptions::wake,
                                settings.retentionTerms()),
                        further),
                properties(settings, kafka, connection));
    }

    @Bean
    ViewStreams views(
            KafkaStreams streams,
            ReportSettings settings,
            KafkaProperties kafka,
            KafkaConnectionDetails connection,
            Subscriptions subscriptions) {
        Map<String, Object> clients =
                EffectStreams.clients(
                        kafka.buildAdminProperties(), connection.getAdmin().getBootstrapServers());
        return new ViewStreams(
                streams,
                () ->
                        TopicCreation.ensure(
                                clients,
                                settings.partitions(),
                                settings.replication(),
                                settings.log()),
                subscriptions::wakeAll);
    }

    @Bean
    ViewProgress viewProgress(
            KafkaStreams streams,
            ReadPositions positions,
            List<FurtherViews> further,
            MeterRegistry meters) {
        List<Topic<?>> topics = new ArrayList<>(BattleTopology.SOURCES);
        List<String> stores = new ArrayList<>(BattleTopology.STORES);
        for (FurtherViews views : further) {
            topics.addAll(views.sources());
            stores.addAll(views.stores());
        }
        ViewProgress progress = new ViewProgress(streams, positions, stores);
        for (Topic<?> topic : topics) {
            Gauge.builder("battlestream.report.lag", progress, known -> known.lag(topic))
                    .description("Records that the views of this instance have yet to read")
                    .tag("topic", topic.name())
                    .register(meters);
        }
        return progress;
    }

    static Properties properties(
            ReportSettings settings, KafkaProperties kafka, KafkaConnectionDetails connection) {
        Properties config = new Properties();
        config.putAll(kafka.buildStreamsProperties());
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, APPLICATION_ID);
        config.put(StreamsConfig.CLIENT_ID_CONFIG, APPLICATION_ID + "-" + settings.instance());
        config.put(
                StreamsConfig.BOOTSTRAP_SERVERS_CONFIG,
                String.join(",", connection.getStreams().getBootstrapServers()));
        config.put(StreamsConfig.APPLICATION_SERVER_CONFIG, settings.advertised());
        config.put(
                StreamsConfig.STATE_DIR_CONFIG,
                settings.stateDir().resolve(settings.instance()).toString());
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) settings.replication());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, millis(COMMIT_INTERVAL));
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        config.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeadLetters.class);
        config.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTimestamps.class);
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                EffectStreams.MAX_RECORD_BYTES);
        config.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                EffectStreams.MAX_RECORD_BYTES);
        config.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG),
                COMPACTED_WITHIN.toMillis());
        // The streams protocol has no static membership before Kafka 4.4.
        config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(consumer(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), settings.instance());
        config.put(consumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), millis(SESSION_TIMEOUT));
        config.put(
                consumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                millis(SESSION_TIMEOUT.dividedBy(4)));
        // Requests and outcomes are written in transactions; at-least-once Streams would read
        // those that were aborted, too.
        config.put(
                consumer(ConsumerConfig.ISOLATION_LEVEL_CONFIG),
                IsolationLevel.READ_COMMITTED.toString());
        config.put(consumer(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        return config;
    }

    private static String consumer(String setting) {
        return StreamsConfig.mainConsumerPrefix(setting);
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
