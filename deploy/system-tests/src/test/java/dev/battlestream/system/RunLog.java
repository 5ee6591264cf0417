package dev.battlestream.system;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.SerdeSettings;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.time.Duration;
import java.util.ArrayList;
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

/** One scale run as a Java program outside sees it on the log: every record, repeats included. */
final class RunLog implements AutoCloseable {

    private final String runId;
    private final Map<String, Serde<? extends SpecificRecord>> values = new HashMap<>();
    private final Serde<ScaleRunRequested> requests;
    private final KafkaProducer<String, ScaleRunRequested> producer;
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<RunMemberChanged> members = new ArrayList<>();
    private final List<ScaleRunEnded> outcomes = new ArrayList<>();

    /** Opens the log at its beginning; the topics exist. */
    RunLog(Infra infra, String runId) {
        this.runId = runId;
        EventSerdes serdes = new EventSerdes(SerdeSettings.apicurio(infra.registryUrl(), true));
        requests = serdes.values(Topics.SCALE_REQUESTS);
        for (Topic<?> topic : List.of(Topics.SCALE_MEMBERS, Topics.SCALE_OUTCOMES)) {
            values.put(topic.name(), serdes.values(topic));
        }
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
                values.keySet().stream()
                        .flatMap(topic -> consumer.partitionsFor(topic).stream())
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Asks for the run and waits until the broker has the request. */
    void request(ScaleRunRequested request) throws InterruptedException {
        try {
            producer.send(new ProducerRecord<>(Topics.SCALE_REQUESTS.name(), runId, request)).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker refuses the request", e);
        }
    }

    /** Reads on until so many members have ended. */
    void awaitEndedMembers(int count, Duration limit) {
        await("%d members of %s".formatted(count, runId))
                .atMost(limit)
                .pollInSameThread()
                .until(() -> {
                    read();
                    return ends().size() >= count;
                });
    }

    /** Reads on until the run has ended. */
    ScaleRunEnded awaitEnd(Duration limit) {
        await("the end of run " + runId)
                .atMost(limit)
                .pollInSameThread()
                .until(() -> {
                    read();
                    return !outcomes.isEmpty();
                });
        return outcomes.getFirst();
    }

    /** Launches and ends of members, in the order of the log. */
    List<RunMemberChanged> members() {
        return List.copyOf(members);
    }

    /** Ends of members, in the order of the log. */
    List<RunMemberChanged> ends() {
        return members.stream().filter(member -> member.getOutcome() != null).toList();
    }

    /** How many outcomes were published. */
    int outcomes() {
        return outcomes.size();
    }

    private void read() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            if (!runId.equals(record.key())) {
                continue;
            }
            Serde<? extends SpecificRecord> serde = requireNonNull(values.get(record.topic()));
            switch (serde.deserializer().deserialize(record.topic(), record.value())) {
                case RunMemberChanged member -> members.add(member);
                case ScaleRunEnded ended -> outcomes.add(ended);
                default -> throw new IllegalStateException("no record of a run");
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
