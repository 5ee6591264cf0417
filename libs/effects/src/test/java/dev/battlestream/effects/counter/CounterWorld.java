package dev.battlestream.effects.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.testkit.ForkedProcess;
import dev.battlestream.testkit.Infra;
import dev.battlestream.testkit.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topics of one counter application on the shared broker, seen from outside. */
final class CounterWorld implements AutoCloseable {

    private static final int PARTITIONS = 4;

    final CounterService.Place place;
    final Admin admin;
    private final KafkaProducer<String, String> producer;
    private final KafkaConsumer<String, String> consumer;

    /** All turns on the log by counter, in order, repeats included. */
    private final Map<String, List<Integer>> published = new LinkedHashMap<>();

    CounterWorld(Duration commitEvery) {
        String application = "counter-" + UUID.randomUUID();
        Path folder = Path.of("target", "counter", application).toAbsolutePath();
        String bootstrapServers = Infra.shared().bootstrapServers();
        place =
                new CounterService.Place(
                        bootstrapServers, application, "one", folder, commitEvery, 2);
        Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers);
        admin = Admin.create(client);
        try {
            Files.createDirectories(folder);
            admin.createTopics(
                            List.of(
                                    new NewTopic(place.requests(), PARTITIONS, (short) 1),
                                    new NewTopic(place.turns(), PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("No topics", e);
        }
        // More than one request at a time may get stuck on a topic this young (KAFKA-15591).
        Map<String, Object> inOrder = new HashMap<>(client);
        inOrder.put("max.in.flight.requests.per.connection", 1);
        producer = new KafkaProducer<>(inOrder, new StringSerializer(), new StringSerializer());
        consumer = new KafkaConsumer<>(client, new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(new TopicPartition(place.turns(), i));
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Asks each of so many counters for so many turns. */
    void request(int counters, int turns) {
        for (int i = 0; i < counters; i++) {
            send(key(i), Integer.toString(turns));
        }
        producer.flush();
    }

    void cancel(int counter) {
        send(key(counter), "cancel");
        producer.flush();
    }

    private void send(String key, String value) {
        var _ = producer.send(new ProducerRecord<>(place.requests(), key, value));
    }

    static String key(int counter) {
        return "counter-" + counter;
    }

    ForkedProcess fork(CounterProcess.Orders orders) {
        return JavaProcess.main(CounterProcess.class)
                .jvm(
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED")
                .args(CounterProcess.arguments(place, orders))
                .log(place.folder().resolve("process.log"))
                .start();
    }

    /** Reads what has been published until now. */
    Map<String, List<Integer>> published() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(50))) {
                published
                        .computeIfAbsent(record.key(), _ -> new ArrayList<>())
                        .add(Integer.valueOf(record.value()));
            }
        }
        return published;
    }

    /** How many results the application has committed as read. */
    long committedTurns() {
        try {
            return admin
                    .listConsumerGroupOffsets(place.application())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .entrySet()
                    .stream()
                    .filter(offset -> offset.getKey().topic().equals(place.turns()))
                    .mapToLong(offset -> offset.getValue().offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("No offsets", e);
        }
    }

    void awaitAllTurns(int counters, int turns, Duration limit) {
        await().atMost(limit)
                .pollInSameThread()
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(distinctTurns()).isEqualTo(counters * turns));
    }

    int distinctTurns() {
        return published().values().stream().mapToInt(turns -> new HashSet<>(turns).size()).sum();
    }

    /** The first record of each turn makes 1, 2, 3 … without a gap. */
    void assertEveryCounterIsWhole(int counters, int turns) {
        Map<String, List<Integer>> all = published();
        assertThat(all).hasSize(counters);
        all.forEach((key, numbers) -> {
            Set<Integer> accepted = new HashSet<>();
            List<Integer> first = numbers.stream().filter(accepted::add).toList();
            assertThat(first).as(key).hasSize(turns).isSorted().startsWith(1);
        });
    }

    /** How often each turn was called, by {@code counter/turn}. */
    Map<String, Integer> calls() {
        Map<String, Integer> calls = new HashMap<>();
        CounterProcess.calls(place).lines().forEach(line -> calls.merge(line, 1, Integer::sum));
        return calls;
    }

    int callCount() {
        return CounterProcess.calls(place).lines().size();
    }

    @Override
    public void close() {
        producer.close();
        consumer.close();
        admin.close();
    }
}
