package dev.battlestream.effects;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
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
    void anOpenTransactionOfADeadOwnerEndsBeforeItsSessionDoes() {
        assertThat(EffectStreams.TRANSACTION_TIMEOUT).isLessThan(EffectStreams.SESSION_TIMEOUT);
        assertThat(EffectStreams.COMMIT_INTERVAL).isLessThan(EffectStreams.TRANSACTION_TIMEOUT);
    }
}
