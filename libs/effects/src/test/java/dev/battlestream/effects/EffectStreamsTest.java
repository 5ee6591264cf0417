package dev.battlestream.effects;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.schemas.Topic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.junit.jupiter.api.Test;

class EffectStreamsTest {

    private static final Properties PROPERTIES =
            EffectStreams.properties("battles", "runner-1", "127.0.0.1:9092", Path.of("state"));

    @Test
    void kafkaStreamsAcceptsThem() {
        StreamsConfig config = new StreamsConfig(PROPERTIES);

        assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
                .isEqualTo(StreamsConfig.EXACTLY_ONCE_V2);
        assertThat(config.getMainConsumerConfigs("battles", "runner-1", 0))
                .containsEntry("group.instance.id", "runner-1-0");
        assertThat(config.getProducerConfigs("runner-1")).containsEntry("linger.ms", 100);
    }

    @Test
    void aRecordWithoutATimeDoesNotStopThem() {
        TimestampExtractor extractor = new StreamsConfig(PROPERTIES).defaultTimestampExtractor();

        assertThat(extractor).isInstanceOf(RecordTimestamps.class);
        assertThat(extractor.extract(new ConsumerRecord<>("battles", 0, 0, "key", "value"), 42))
                .isEqualTo(42);
    }

    @Test
    void noTopicWaitsForWhatAnotherMayStillBring() {
        assertThat(new StreamsConfig(PROPERTIES).getLong(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG))
                .isEqualTo(StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    }

    @Test
    void settingsOfAllClientsAreTakenOver() {
        Properties properties =
                EffectStreams.properties(
                        "battles",
                        "runner-1",
                        EffectStreams.clients(
                                Map.of("bootstrap.servers", "other:1", "security.protocol", "SSL"),
                                List.of("127.0.0.1:9092", "127.0.0.1:9093")),
                        Path.of("state"),
                        3,
                        (short) 2);

        StreamsConfig config = new StreamsConfig(properties);
        assertThat(config.getList(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG)).hasSize(2);
        assertThat(config.getString(StreamsConfig.SECURITY_PROTOCOL_CONFIG)).isEqualTo("SSL");
        assertThat(config.getString(StreamsConfig.GROUP_PROTOCOL_CONFIG)).isEqualTo("classic");
        assertThat(config.getInt(StreamsConfig.NUM_STREAM_THREADS_CONFIG)).isEqualTo(3);
        assertThat(config.getInt(StreamsConfig.REPLICATION_FACTOR_CONFIG)).isEqualTo(2);
    }

    @Test
    void whateverATopicTookFitsIntoAChangelogAndADeadLetter() {
        StreamsConfig config = new StreamsConfig(PROPERTIES);

        assertThat(
                        config.getProducerConfigs("runner-1")
                                .get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG))
                .isEqualTo(EffectStreams.MAX_RECORD_BYTES);
        assertThat(config.originalsWithPrefix(StreamsConfig.TOPIC_PREFIX))
                .containsEntry(
                        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, EffectStreams.MAX_RECORD_BYTES);
        assertThat(EffectStreams.MAX_RECORD_BYTES).isGreaterThan(Topic.MAX_DEAD_LETTER_BYTES);
    }

    @Test
    void anOpenTransactionOfADeadOwnerEndsBeforeItsSessionDoes() {
        assertThat(EffectStreams.TRANSACTION_TIMEOUT).isLessThan(EffectStreams.SESSION_TIMEOUT);
        assertThat(EffectStreams.COMMIT_INTERVAL).isLessThan(EffectStreams.TRANSACTION_TIMEOUT);
    }
}
