package dev.battlestream.system;

import static org.awaitility.Awaitility.await;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.SerdeSettings;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The log as a Java program outside sees it: asks for battles and reads what came of them. */
final class BattleLog implements AutoCloseable {

    private static final List<Topic<? extends SpecificRecord>> READ =
            List.of(
                    Topics.BATTLE_TURNS,
                    Topics.BATTLE_VERDICTS,
                    Topics.BATTLE_OUTCOMES,
                    Topics.BATTLE_DELTAS);

    private final Serde<BattleRequested> requests;
    private final Map<String, Serde<? extends SpecificRecord>> values = new HashMap<>();
    private final KafkaProducer<String, BattleRequested> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<String, BattleRecords> battles = new HashMap<>();

    /** Opens the log at its beginning; the topics exist. */
    BattleLog(Infra infra) {
        EventSerdes serdes = new EventSerdes(SerdeSettings.apicurio(infra.registryUrl(), true));
        requests = serdes.values(Topics.BATTLE_REQUESTS);
        READ.forEach(topic -> values.put(topic.name(), serdes.values(topic)));
        producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, infra.bootstrapServers()),
                        new StringSerializer(),
                        requests.serializer());
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                infra.bootstrapServers(),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                READ.stream()
                        .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Asks for a battle and waits until the broker has the request. */
    void request(BattleRequested request) throws InterruptedException {
        try {
            producer.send(
                            new ProducerRecord<>(
                                    Topics.BATTLE_REQUESTS.name(), request.getBattleId(), request))
                    .get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refuses the request", e);
        }
    }

    /** Reads on until the battle has ended and all that belongs to it has been read. */
    BattleRecords awaitEnd(String battleId, Duration limit) {
        await("the end of " + battleId)
                .atMost(limit)
                .pollInSameThread()
                .until(() -> {
                    read();
                    return of(battleId).areComplete();
                });
        return of(battleId);
    }

    /** What has been read of a battle so far. */
    BattleRecords of(String battleId) {
        return battles.computeIfAbsent(battleId, _ -> new BattleRecords());
    }

    private void read() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            Serde<? extends SpecificRecord> serde = values.get(record.topic());
            if (serde != null) {
                of(record.key())
                        .add(serde.deserializer().deserialize(record.topic(), record.value()));
            }
        }
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        requests.close();
        values.values().forEach(Serde::close);
    }
}
