package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.battlestream.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A provider's key is nowhere but in the calls to that provider, though it quotes the key in its
 * errors; and what is said in a battle is in no log.
 */
@Timeout(400)
class SecretTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Part of all that is said. */
    private static final String PHRASE = "quiet-heron-in-the-reeds";

    /** Who plays and who judges each battle, and how that ends. */
    private record Case(String agent, String judge, String endedReason) {}

    private static final List<Case> CASES =
            List.of(
                    new Case("good", "good-judge", "limit"),
                    new Case("shaky", "shaky-judge", "limit"),
                    new Case("denied", "good-judge", "error"),
                    new Case("coded", "good-judge", "error"),
                    new Case("garbage", "good-judge", "error"),
                    new Case("broken-off", "good-judge", "error"),
                    new Case("good", "denied", "error"));

    /** The topics that the key is in, and those that the phrase is in. */
    private record Found(Set<String> withKey, Set<String> withPhrase) {}

    private final Platform platform = Platform.shared();

    @Test
    void aKeyIsNowhereAndWhatIsSaidIsInNoLog() throws Exception {
        platform.with(
                ServiceKind.RUNNER, ServiceKind.JUDGE, ServiceKind.REPORT, ServiceKind.GATEWAY);
        List<String> battles = new ArrayList<>();
        List<String> answers = new ArrayList<>();
        try (EchoingProvider provider =
                        new EchoingProvider(platform.openAiPort(), "I see the " + PHRASE + ".");
                Gateway gateway = new Gateway(platform.service(ServiceKind.GATEWAY))) {
            for (Case played : CASES) {
                String battle = gateway.start(body(played));
                JsonNode ended = ended(gateway, battle);
                assertThat(ended.path("endedReason").asText())
                        .as("%s: %s", played, ended)
                        .isEqualTo(played.endedReason());
                assertThat(ended.toString()).doesNotContain(PHRASE);
                battles.add(battle);
                answers.add(ended.toString());
                answers.add(gateway.get("/api/battles/" + battle + "/messages"));
                answers.add(gateway.get("/api/battles/" + battle + "/verdicts"));
                answers.add(gateway.get("/api/battles/" + battle + "/stream"));
            }
            // All of them were called with the key: there was something to give away.
            assertThat(provider.authorizations())
                    .hasSize(9)
                    .allSatisfy((_, sent) ->
                            assertThat(sent).isEqualTo("Bearer " + Platform.OPENAI_KEY));
        }
        unreadable();

        // What is searched can be found: each kind of place holds something that is known.
        Found topics = awaitDeadLetter();
        assertThat(topics.withPhrase())
                .contains(
                        Topics.BATTLE_REQUESTS.name(),
                        Topics.BATTLE_TURNS.name(),
                        Topics.BATTLE_REQUESTS.name() + Topics.DEAD_LETTER_SUFFIX);
        assertThat(logsWith(battles.getFirst())).contains("runner-1.log", "judge-1.log");
        assertThat(answers).filteredOn(answer -> answer.contains(PHRASE)).isNotEmpty();

        assertThat(topics.withKey()).isEmpty();
        assertThat(logsWith(Platform.OPENAI_KEY)).isEmpty();
        assertThat(answers).noneMatch(answer -> answer.contains(Platform.OPENAI_KEY));
        for (ServiceKind kind : ServiceKind.values()) {
            assertThat(meters(kind))
                    .as(kind.label())
                    .contains("jvm_memory_used_bytes")
                    .doesNotContain(Platform.OPENAI_KEY)
                    .doesNotContain(PHRASE);
        }
        assertThat(logsWith(PHRASE)).isEmpty();
    }

    private static JsonNode body(Case played) throws IOException {
        return JSON.readTree(
                """
                {
                  "model": "openai:%1$s",
                  "systemPrompt": "You watch the %3$s.",
                  "goal": "Tell of the %3$s.",
                  "opening": [{"role": "user", "content": "Where is the %3$s?"}],
                  "opponent": {"model": "openai:opponent", "systemPrompt": "Ask for the %3$s."},
                  "messageLimit": 2,
                  "judge": {"fast": {"model": "openai:%2$s", "rubric": "Is it a %3$s?"}}
                }
                """
                        .formatted(played.agent(), played.judge(), PHRASE));
    }

    private static JsonNode ended(Gateway gateway, String battle) {
        return await("the end of " + battle)
                .atMost(LIMIT)
                .ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(
                        () -> gateway.status(battle),
                        status ->
                                !List.of("queued", "running")
                                        .contains(status.path("state").asText()));
    }

    /** A request that nobody can read, and that is put aside for that. */
    private void unreadable() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", platform.infra().bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.send(
                            new ProducerRecord<>(
                                    Topics.BATTLE_REQUESTS.name(),
                                    bytes(UUID.randomUUID().toString()),
                                    bytes("{\"goal\": \"" + PHRASE + "\"}")))
                    .get();
        }
    }

    private Found awaitDeadLetter() {
        return await("the dead letter")
                .atMost(LIMIT)
                .until(
                        this::topics,
                        found ->
                                found.withPhrase().stream()
                                        .anyMatch(topic ->
                                                topic.endsWith(Topics.DEAD_LETTER_SUFFIX)));
    }

    /** Every topic that the key or the phrase is in, those of the services' own stores included. */
    private Found topics() {
        Found found = new Found(new TreeSet<>(), new TreeSet<>());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", platform.infra().bootstrapServers()),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    consumer.listTopics().values().stream()
                            .flatMap(List::stream)
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofMillis(200))) {
                    if (holds(record, Platform.OPENAI_KEY)) {
                        found.withKey().add(record.topic());
                    }
                    if (holds(record, PHRASE)) {
                        found.withPhrase().add(record.topic());
                    }
                }
            }
        }
        return found;
    }

    private static boolean holds(ConsumerRecord<byte[], byte[]> record, String text) {
        Stream<byte[]> headers =
                Stream.of(record.headers().toArray())
                        .flatMap(header -> Stream.of(bytes(header.key()), value(header)));
        return Stream.concat(Stream.of(orEmpty(record.key()), orEmpty(record.value())), headers)
                .anyMatch(bytes -> holds(bytes, text));
    }

    private static byte[] value(Header header) {
        return orEmpty(header.value());
    }

    private static byte[] orEmpty(byte @Nullable [] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }

    /** Any bytes are text in this alphabet, and the texts that are looked for are ASCII. */
    private static boolean holds(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The names of the logs that a text is in. */
    private List<String> logsWith(String text) throws IOException {
        try (Stream<Path> files = Files.list(platform.logs())) {
            List<String> found = new ArrayList<>();
            for (Path file : files.toList()) {
                if (holds(Files.readAllBytes(file), text)) {
                    found.add(String.valueOf(file.getFileName()));
                }
            }
            return found;
        }
    }

    private String meters(ServiceKind kind) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    platform.service(kind).url()
                                                            + "/actuator/prometheus"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
