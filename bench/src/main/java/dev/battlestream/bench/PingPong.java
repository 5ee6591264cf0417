package dev.battlestream.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The limit: two plain clients that throw a record to and fro over two topics, with no state and no
 * work. Idempotent producers, {@code acks=all}, {@code linger.ms=0}, like the product's.
 */
final class PingPong implements AutoCloseable {

    private static final int BYTES = 600;

    private final TopicPartition ping;
    private final TopicPartition pong;
    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> server;
    private final KafkaConsumer<byte[], byte[]> client;
    private final Thread returner;
    private volatile boolean open = true;

    PingPong(String bootstrapServers) throws ExecutionException, InterruptedException {
        String run = Long.toString(System.nanoTime(), Character.MAX_RADIX);
        ping = new TopicPartition("bench.ping." + run, 0);
        pong = new TopicPartition("bench.pong." + run, 0);
        this.bootstrapServers = bootstrapServers;
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(ping.topic(), 1, (short) 1),
                                    new NewTopic(pong.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
        server = producer();
        client = consumer(pong);
        returner = Thread.ofPlatform().name("returner").start(this::giveBack);
    }

    /** Round trips in nanoseconds. */
    List<Long> rally(int rounds) {
        List<Long> nanos = new ArrayList<>(rounds);
        byte[] ball = new byte[BYTES];
        for (int round = 0; round < rounds; round++) {
            long thrown = System.nanoTime();
            var _ = server.send(new ProducerRecord<>(ping.topic(), ball));
            awaitOne();
            nanos.add(System.nanoTime() - thrown);
        }
        return nanos;
    }

    private void awaitOne() {
        while (true) {
            int caught = client.poll(Duration.ofSeconds(10)).count();
            if (caught == 1) {
                return;
            }
            if (caught > 1) {
                throw new IllegalStateException(caught + " balls came back for one");
            }
        }
    }

    private void giveBack() {
        try (KafkaConsumer<byte[], byte[]> catcher = consumer(ping);
                KafkaProducer<byte[], byte[]> thrower = producer()) {
            Consumer<byte[]> back =
                    ball -> {
                        var _ = thrower.send(new ProducerRecord<>(pong.topic(), ball));
                    };
            while (open) {
                catcher.poll(Duration.ofMillis(200)).forEach(record -> back.accept(record.value()));
            }
        }
    }

    private KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer(TopicPartition partition) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return consumer;
    }

    @Override
    public void close() {
        open = false;
        try {
            returner.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        client.close();
        server.close();
    }
}
