package dev.battlestream.report.battle.adapter;

import static org.awaitility.Awaitility.await;

import dev.battlestream.testkit.Infra;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what was dead-lettered. */
final class DeadLetterReader {

    private static final Duration SOON = Duration.ofSeconds(30);

    private DeadLetterReader() {}

    /** The first dead letter of a topic with a key; waits for it. */
    static ConsumerRecord<String, byte[]> firstOf(String topic, String key) {
        Map<String, Object> config = Map.of("bootstrap.servers", Infra.shared().bootstrapServers());
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        config, new StringDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            await().atMost(SOON)
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(100))
                                .forEach(record -> {
                                    if (key.equals(record.key())) {
                                        found.add(record);
                                    }
                                });
                        return !found.isEmpty();
                    });
            return found.getFirst();
        }
    }
}
