package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.battlestream.schemas.CorrelationHeaders;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One trace leads from the HTTP request through every event of a battle into the logs. */
@Timeout(400)
class TraceTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Topic<?>> TOPICS =
            List.of(
                    Topics.BATTLE_REQUESTS,
                    Topics.BATTLE_TURNS,
                    Topics.BATTLE_VERDICTS,
                    Topics.BATTLE_OUTCOMES);

    private final Platform platform = Platform.shared();

    @Test
    void everyEventAndEveryServicesLogNameTheTraceOfTheRequest() throws Exception {
        platform.with(
                ServiceKind.RUNNER, ServiceKind.JUDGE, ServiceKind.REPORT, ServiceKind.GATEWAY);

        HttpResponse<String> answer = start();

        String trace = answer.headers().firstValue("traceparent").orElseThrow();
        String battle = JSON.readTree(answer.body()).path("battleId").asText();
        assertThat(trace).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");
        List<ConsumerRecord<String, byte[]>> events = eventsOf(battle);
        // A request, four turns, four verdicts, an outcome.
        assertThat(events).hasSize(10);
        assertThat(events)
                .extracting(event -> header(event, CorrelationHeaders.TRACEPARENT))
                .containsOnly(trace);
        assertThat(events)
                .extracting(event -> header(event, CorrelationHeaders.REQUEST_ID))
                .containsOnly("trace-test");
        String traceId = trace.substring(3, 35);
        for (ServiceKind kind :
                List.of(ServiceKind.GATEWAY, ServiceKind.RUNNER, ServiceKind.JUDGE)) {
            assertNamed(platform.service(kind), battle, traceId);
        }
    }

    private HttpResponse<String> start() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    platform.service(ServiceKind.GATEWAY).url()
                                                            + "/api/battles/start"))
                                    .header("Content-Type", "application/json")
                                    .header("X-Request-Id", "trace-test")
                                    .POST(BodyPublishers.ofString("{}"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            return answer;
        }
    }

    /** All records of a battle up to its outcome, read from the beginning of the topics. */
    private List<ConsumerRecord<String, byte[]>> eventsOf(String battle) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                platform.infra().bootstrapServers(),
                                "isolation.level",
                                "read_committed"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    TOPICS.stream()
                            .flatMap(topic -> consumer.partitionsFor(topic.name()).stream())
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
            await().atMost(Duration.ofSeconds(90))
                    .pollInSameThread()
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200))
                                .forEach(record -> {
                                    if (battle.equals(record.key())) {
                                        found.add(record);
                                    }
                                });
                        return found.size() >= 10
                                && found.stream()
                                        .anyMatch(record ->
                                                record.topic()
                                                        .equals(Topics.BATTLE_OUTCOMES.name()));
                    });
            return found;
        }
    }

    private static String header(ConsumerRecord<?, ?> event, String name) {
        var header = event.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static void assertNamed(ServiceProcess service, String battle, String traceId) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> {
                    List<JsonNode> lines = new ArrayList<>();
                    for (String line : service.logLines()) {
                        if (line.startsWith("{") && line.contains(battle)) {
                            lines.add(JSON.readTree(line));
                        }
                    }
                    assertThat(lines)
                            .as(service.url())
                            .anySatisfy(line -> {
                                assertThat(line.path("battleId").asText()).isEqualTo(battle);
                                assertThat(line.path("traceId").asText()).isEqualTo(traceId);
                                assertThat(line.path("requestId").asText()).isEqualTo("trace-test");
                            });
                });
    }
}
