package dev.battlestream.effects;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The Kafka Streams settings that every owner of an aggregate with effects needs. */
public final class EffectStreams {

    /** A silent owner loses its partitions after this time. */
    public static final Duration SESSION_TIMEOUT = Duration.ofSeconds(8);

    /**
     * An owner's open transaction is aborted after this time; shorter than the session, so that a
     * dead owner's transaction never keeps its successor waiting.
     */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(6);

    /** How long a transaction collects before it is committed. */
    public static final Duration COMMIT_INTERVAL = Duration.ofMillis(100);

    /**
     * Largest record in bytes that the application writes, uncompressed, to a topic or a changelog:
     * twice Kafka's default, so that whatever a topic took can be kept and can be put aside with
     * further headers. A topic's own limit may be lower.
     */
    public static final int MAX_RECORD_BYTES = 2 * 1024 * 1024;

    private EffectStreams() {}

    /**
     * The settings as measured: exactly-once v2, classic protocol with static membership, quick
     * commits, bounded native memory, {@link RecordTimestamps}. The caller may add to them and
     * change them.
     *
     * @param applicationId of this topology owner and no other
     * @param instanceName stable over restarts and unique among instances: a restarted instance
     *     gets its partitions back without a rebalance
     * @param stateDir kept over restarts, used by this instance only
     */
    public static Properties properties(
            String applicationId, String instanceName, String bootstrapServers, Path stateDir) {
        return properties(
                applicationId,
                instanceName,
                Map.of(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                stateDir,
                1,
                (short) 1);
    }

    /**
     * As the other one, over further settings of Kafka clients, such as those of a secured broker.
     *
     * @param clients as {@link #clients} makes them
     * @param threads that read and decide, at least 1
     * @param replication replicas of the changelogs, at least 1
     */
    public static Properties properties(
            String applicationId,
            String instanceName,
            Map<String, Object> clients,
            Path stateDir,
            int threads,
            short replication) {
        Properties config = new Properties();
        config.putAll(clients);
        config.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        config.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) replication);
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        config.put(StreamsConfig.CLIENT_ID_CONFIG, applicationId + "-" + instanceName);
        config.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        config.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        config.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, millis(COMMIT_INTERVAL));
        config.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        config.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        // Deciders take their topics in any order: none waits for what another one may still bring.
        config.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
        config.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        config.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTimestamps.class);
        // Punctuations are only looked at between polls: an idle thread must come round in time to
        // dispatch what waits.
        config.put(StreamsConfig.POLL_MS_CONFIG, 25);
        // The streams protocol has no static membership before Kafka 4.4.
        config.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        config.put(consumer(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), instanceName);
        config.put(consumer(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), millis(SESSION_TIMEOUT));
        config.put(
                consumer(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG),
                millis(SESSION_TIMEOUT.dividedBy(4)));
        // A processor only decides; two minutes between polls mean that its thread is lost.
        config.put(
                consumer(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG),
                millis(Duration.ofMinutes(2)));
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
                millis(TRANSACTION_TIMEOUT));
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                MAX_RECORD_BYTES);
        config.put(
                StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), MAX_RECORD_BYTES);
        // What this producer writes is read at the commit, which flushes it, and not before. Sent
        // one by one, the changelog records would compete with the results on the hot path: a hop
        // then takes 1.4 times as long.
        config.put(
                StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG),
                millis(COMMIT_INTERVAL));
        return config;
    }

    /** What all clients of a broker have in common: the given settings, and where the broker is. */
    public static Map<String, Object> clients(
            Map<String, Object> settings, List<String> bootstrapServers) {
        Map<String, Object> clients = new HashMap<>(settings);
        clients.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return clients;
    }

    private static String consumer(String setting) {
        return StreamsConfig.mainConsumerPrefix(setting);
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }
}
