package dev.battlestream.bench;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Asks for battles and sees what becomes of them, as any other system would: over Kafka. */
final class Battles implements AutoCloseable {

    /** A turn that was seen on the log. */
    record SeenTurn(TurnProduced turn, long nanos) {}

    private final KafkaProducer<String, BattleRequested> requests;
    private final KafkaConsumer<String, byte[]> turns;
    private final KafkaConsumer<String, byte[]> outcomes;
    private final Deserializer<TurnProduced> turnReader;
    private final Deserializer<BattleEnded> outcomeReader;

    Battles(Target target) {
        EventSerdes serdes = target.serdes();
        Serializer<BattleRequested> writer = serdes.values(Topics.BATTLE_REQUESTS).serializer();
        requests =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                target.bootstrapServers,
                                ProducerConfig.LINGER_MS_CONFIG,
                                0),
                        new StringSerializer(),
                        writer);
        turns = atTheEnd(target, Topics.BATTLE_TURNS);
        outcomes = atTheEnd(target, Topics.BATTLE_OUTCOMES);
        turnReader = serdes.values(Topics.BATTLE_TURNS).deserializer();
        outcomeReader = serdes.values(Topics.BATTLE_OUTCOMES).deserializer();
    }

    private static KafkaConsumer<String, byte[]> atTheEnd(Target target, Topic<?> topic) {
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                target.bootstrapServers,
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new StringDeserializer(),
                        new org.apache.kafka.common.serialization.ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo info : consumer.partitionsFor(topic.name())) {
            partitions.add(new TopicPartition(topic.name(), info.partition()));
        }
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    /** Asks for one battle and answers its id once the broker has the request. */
    String ask(String model, int messageLimit) throws InterruptedException, ExecutionException {
        String id = UUID.randomUUID().toString();
        BattleRequested request =
                BattleRequested.newBuilder()
                        .setBattleId(id)
                        .setRequestedAt(Instant.now())
                        .setModel(model)
                        .setMessageLimit(messageLimit)
                        .setTimeoutSeconds(3_600)
                        .build();
        requests.send(new ProducerRecord<>(Topics.BATTLE_REQUESTS.name(), id, request)).get();
        return id;
    }

    /** Turns that have come since the last call; waits a little for the first. */
    List<SeenTurn> turns() {
        List<SeenTurn> seen = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : turns.poll(Duration.ofMillis(200))) {
            long now = System.nanoTime();
            seen.add(new SeenTurn(turnReader.deserialize(record.topic(), record.value()), now));
        }
        return seen;
    }

    /** Outcomes that have come since the last call; waits a little for the first. */
    List<BattleEnded> outcomes() {
        List<BattleEnded> seen = new ArrayList<>();
        outcomes.poll(Duration.ofMillis(200))
                .forEach(record ->
                        seen.add(outcomeReader.deserialize(record.topic(), record.value())));
        return seen;
    }

    @Override
    public void close() {
        requests.close();
        turns.close();
        outcomes.close();
    }
}
