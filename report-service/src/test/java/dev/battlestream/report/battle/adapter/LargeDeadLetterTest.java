package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.schemas.DeadLetter;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Undecodable records that were compressed, so that their topic took them, on a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeDeadLetterTest {

    private static final int MEGABYTE = 1024 * 1024;

    private final KafkaProducer<String, byte[]> producer =
            new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            Infra.shared().bootstrapServers(),
                            ProducerConfig.COMPRESSION_TYPE_CONFIG,
                            "gzip",
                            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                            8 * MEGABYTE),
                    new StringSerializer(),
                    new ByteArraySerializer());
    private ReportFork service;

    @BeforeAll
    void start(@TempDir Path state) {
        service = ReportFork.start("large-1", state);
    }

    @AfterAll
    void stop() {
        producer.close();
        service.close();
    }

    @Test
    void aLetterOfMoreThanAMegabyteIsWhole() throws Exception {
        byte[] value = new byte[MEGABYTE + 1];

        ConsumerRecord<String, byte[]> letter = deadLetterOf(value);

        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.headers().lastHeader(DeadLetter.VALUE_BYTES)).isNull();
    }

    @Test
    void aLetterThatDoesNotFitComesWithoutItsValueAndTheViewsReadOn() throws Exception {
        byte[] value = new byte[3 * MEGABYTE];

        ConsumerRecord<String, byte[]> letter = deadLetterOf(value);

        assertThat(value.length).isGreaterThan(Topic.MAX_DEAD_LETTER_BYTES);
        assertThat(letter.value()).isNull();
        assertThat(letter.headers().lastHeader(DeadLetter.VALUE_BYTES).value())
                .isEqualTo(Integer.toString(value.length).getBytes(StandardCharsets.US_ASCII));
        String next = UUID.randomUUID().toString();
        try (Publisher publisher = new Publisher()) {
            publisher.publish(Records.requested(next));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.get("/internal/battles/" + next).statusCode() == 200);
    }

    private ConsumerRecord<String, byte[]> deadLetterOf(byte[] value) throws Exception {
        String key = UUID.randomUUID().toString();
        producer.send(new ProducerRecord<>(Topics.BATTLE_TURNS.name(), key, value)).get();
        return DeadLetterReader.firstOf(Topics.BATTLE_TURNS.deadLetterTopic(), key);
    }
}
