package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.effects.EffectStreams;
import dev.battlestream.effects.RecordTimestamps;
import dev.battlestream.schemas.LogRetention;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;

class ViewConfigurationTest {

    private final StreamsConfig config =
            new StreamsConfig(
                    ViewConfiguration.properties(settings(), new KafkaProperties(), broker()));

    @Test
    void aRecordWithoutATimeDoesNotStopTheViews() {
        assertThat(config.defaultTimestampExtractor()).isInstanceOf(RecordTimestamps.class);
    }

    @Test
    void whateverATopicTookFitsIntoADeadLetter() {
        assertThat(config.getProducerConfigs("report-1"))
                .containsEntry(
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, EffectStreams.MAX_RECORD_BYTES);
    }

    @Test
    void transactionsThatWereAbortedAreNotRead() {
        assertThat(config.getMainConsumerConfigs("views", "report-1", 0))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("group.instance.id", "report-1-0");
    }

    private static KafkaConnectionDetails broker() {
        return () -> List.of("127.0.0.1:9092");
    }

    private static ReportSettings settings() {
        return new ReportSettings(
                InetAddress.getLoopbackAddress(),
                false,
                "report-1",
                Path.of("state"),
                "127.0.0.1:8083",
                12,
                (short) 1,
                LogRetention.DEFAULT,
                1,
                Duration.ofDays(30),
                Duration.ofMinutes(1),
                1_000,
                new ReportSettings.Followers(100, Duration.ofSeconds(15), Duration.ofSeconds(10)),
                new ReportSettings.Registry("http://127.0.0.1:8081/apis/registry/v3", true));
    }
}
