package dev.battlestream.gateway;

import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.SerdeSettings;
import dev.battlestream.schemas.Topic;
import dev.battlestream.testkit.Infra;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads back what the gateway has published. */
final class RequestLog {

    private RequestLog() {}

    /** Every record of a battle that lies on a topic now. */
    static <V extends SpecificRecord> List<ConsumerRecord<String, V>> of(
            Topic<V> topic, UUID battleId) {
        Map<String, Object> settings =
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        Infra.shared().bootstrapServers(),
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed");
        EventSerdes serdes =
                new EventSerdes(SerdeSettings.apicurio(Infra.shared().registryUrl(), false));
        List<ConsumerRecord<String, V>> found = new ArrayList<>();
        try (KafkaConsumer<String, V> consumer =
                new KafkaConsumer<>(
                        settings, new StringDeserializer(), serdes.values(topic).deserializer())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic.name()).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Instant deadline = Instant.now().plusSeconds(20);
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                if (Instant.now().isAfter(deadline)) {
                    throw new AssertionError("the topic cannot be read to its end");
                }
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> {
                            if (battleId.toString().equals(record.key())) {
                                found.add(record);
                            }
                        });
            }
        }
        return found;
    }
}
