package dev.battlestream.judge.judging.adapter;

import static org.awaitility.Awaitility.await;

import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.judge.JudgeService;
import dev.battlestream.llm.adapter.CallLog;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.SerdeSettings;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What stands around a judge: turns are published here, and its verdicts and the calls to its
 * models are seen here, whichever instance made them.
 */
final class JudgeUnderTest implements AutoCloseable {

    static final int PARTITIONS = 4;

    private final EventSerdes serdes =
            new EventSerdes(SerdeSettings.apicurio(Infra.shared().registryUrl(), true));
    private final Path folder;
    private final KafkaProducer<String, TurnProduced> turns;
    private final KafkaConsumer<String, VerdictIssued> verdicts;
    private final Map<String, List<ConsumerRecord<String, VerdictIssued>>> seen =
            new ConcurrentHashMap<>();
    private final Thread reader;

    JudgeUnderTest(Path folder) {
        this.folder = folder;
        createTopics();
        turns =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                Infra.shared().bootstrapServers(),
                                ProducerConfig.LINGER_MS_CONFIG,
                                0),
                        new StringSerializer(),
                        serdes.values(Topics.BATTLE_TURNS).serializer());
        verdicts =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                Infra.shared().bootstrapServers(),
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest",
                                ConsumerConfig.GROUP_ID_CONFIG,
                                "test-" + UUID.randomUUID()),
                        new StringDeserializer(),
                        serdes.values(Topics.BATTLE_VERDICTS).deserializer());
        verdicts.subscribe(List.of(Topics.BATTLE_VERDICTS.name()));
        reader = Thread.ofPlatform().daemon().name("verdict-reader").start(this::read);
    }

    private void createTopics() {
        try (Admin admin = admin()) {
            var existing = admin.listTopics().names().get();
            admin.createTopics(
                            Topics.toCreate(PARTITIONS, (short) 1, LogRetention.DEFAULT).stream()
                                    .filter(topic -> !existing.contains(topic.name()))
                                    .toList())
                    .all()
                    .get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("No topics", e);
        }
    }

    private void read() {
        try {
            while (true) {
                for (ConsumerRecord<String, VerdictIssued> verdict :
                        verdicts.poll(Duration.ofMillis(200))) {
                    seen.computeIfAbsent(verdict.key(), _ -> new CopyOnWriteArrayList<>())
                            .add(verdict);
                }
            }
        } catch (WakeupException e) {
            verdicts.close();
        }
    }

    /** The settings of a judge, as variables of its environment. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("SERVER_PORT", "0");
        settings.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", Infra.shared().bootstrapServers());
        settings.put("BATTLESTREAM_REGISTRY_URL", Infra.shared().registryUrl());
        settings.put("BATTLESTREAM_STATE_DIR", folder.resolve("state").toString());
        settings.put("BATTLESTREAM_INSTANCE", "judge-test");
        settings.put("BATTLESTREAM_PARTITIONS", Integer.toString(PARTITIONS));
        settings.put("BATTLESTREAM_LLM_SCRIPTED_CALL_LOG", callLog().toString());
        settings.put("BATTLESTREAM_LLM_SCRIPTED_PLAYBOOKS", "src/test/resources/playbooks");
        return settings;
    }

    static Class<?> mainClass() {
        return JudgeService.class;
    }

    void publish(TurnProduced turn, String... headers) {
        ProducerRecord<String, TurnProduced> event =
                new ProducerRecord<>(Topics.BATTLE_TURNS.name(), turn.getBattleId(), turn);
        for (int i = 0; i < headers.length; i += 2) {
            event.headers().add(headers[i], headers[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        try {
            turns.send(event).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The turn cannot be published", e);
        }
    }

    /** Bytes that are no record of the contract. */
    void publishNoise(String key, byte[] bytes) {
        try (KafkaProducer<String, byte[]> raw =
                new KafkaProducer<>(
                        Map.of(
                                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                Infra.shared().bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer())) {
            raw.send(new ProducerRecord<>(Topics.BATTLE_TURNS.name(), key, bytes)).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("The bytes cannot be published", e);
        }
    }

    /** The value of the dead letter of this key among the turns. */
    byte[] awaitDeadLetter(String key) {
        try (KafkaConsumer<String, byte[]> letters =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                Infra.shared().bootstrapServers(),
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partition =
                    List.of(new TopicPartition(Topics.BATTLE_TURNS.deadLetterTopic(), 0));
            letters.assign(partition);
            letters.seekToBeginning(partition);
            List<byte[]> found = new ArrayList<>();
            await().atMost(Duration.ofSeconds(60))
                    .pollInSameThread()
                    .until(() -> {
                        letters.poll(Duration.ofMillis(200))
                                .forEach(letter -> {
                                    if (key.equals(letter.key())) {
                                        found.add(letter.value());
                                    }
                                });
                        return !found.isEmpty();
                    });
            return found.getFirst();
        }
    }

    /** All verdict records of a battle so far, in the order of the log. */
    List<ConsumerRecord<String, VerdictIssued>> records(String battle) {
        return seen.getOrDefault(battle, List.of());
    }

    List<VerdictIssued> verdicts(String battle) {
        return records(battle).stream().map(ConsumerRecord::value).toList();
    }

    VerdictIssued awaitVerdict(String battle, int turn) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () ->
                                verdicts(battle).stream()
                                        .filter(verdict -> verdict.getTurn() == turn)
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    int calls(String battle) {
        try {
            return CallLog.read(callLog()).count(battle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int calls() {
        try {
            return CallLog.read(callLog()).calls().size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path callLog() {
        return folder.resolve("calls.log");
    }

    /** Makes the judge read everything again; it must not be running. */
    void resetOffsets() {
        String group = "battlestream-judge";
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            Map<TopicPartition, OffsetAndMetadata> beginning = new LinkedHashMap<>();
            committed.keySet().forEach(each -> beginning.put(each, new OffsetAndMetadata(0)));
            await().atMost(Duration.ofSeconds(60))
                    .ignoreExceptions()
                    .until(() -> {
                        admin.alterConsumerGroupOffsets(group, beginning).all().get();
                        return true;
                    });
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("Offsets cannot be reset", e);
        }
    }

    private static Admin admin() {
        return Admin.create(
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        Infra.shared().bootstrapServers()));
    }

    @Override
    public void close() {
        verdicts.wakeup();
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        turns.close();
    }
}
