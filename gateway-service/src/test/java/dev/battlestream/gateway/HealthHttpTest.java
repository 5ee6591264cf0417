package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HealthHttpTest extends HttpContract {

    @Test
    void everyInstanceOfARoleIsCountedWhileItLives() throws Exception {
        try (var first = worker("battlestream-judge-judge-1-StreamThread-1-consumer");
                var second = worker("battlestream-judge-judge-2-StreamThread-1-consumer")) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        first.poll(Duration.ofMillis(100));
                        second.poll(Duration.ofMillis(100));
                        return judges().equals("up 2");
                    });
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> judges().equals("down 0"));
    }

    private static String judges() throws Exception {
        JsonNode judges = RunningGateway.json(gateway.get("/api/health")).at("/workers/judge");
        return judges.path("status").asString() + " " + judges.path("alive").asInt(-1);
    }

    private static KafkaConsumer<byte[], byte[]> worker(String clientId) {
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                Infra.shared().bootstrapServers(),
                                "group.id",
                                "battlestream-judge",
                                "client.id",
                                clientId),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.BATTLE_TURNS.name()));
        return consumer;
    }

    @Test
    void healthNamesEveryDependency() throws Exception {
        HttpResponse<String> response = gateway.get("/api/health");

        JsonNode health = RunningGateway.json(response);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(health.get("status").asString()).isEqualTo("degraded");
        assertThat(health.at("/broker/status").asString()).isEqualTo("up");
        assertThat(health.at("/registry/status").asString()).isEqualTo("up");
        assertThat(health.at("/database/status").asString()).isEqualTo("up");
        assertThat(health.at("/services/report/status").asString()).isEqualTo("up");
        assertThat(health.at("/services/runner/status").asString()).isEqualTo("down");
        assertThat(health.at("/services/judge/status").asString()).isEqualTo("down");
        // Nobody has ever been in their groups.
        assertThat(health.at("/workers/runner/status").asString()).isEqualTo("down");
        assertThat(health.at("/workers/runner/alive").asInt(-1)).isZero();
        assertThat(gateway.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/actuator/prometheus").body())
                .contains("http_server_requests_seconds_count")
                .contains("battlestream_gateway_stream_viewers");
        assertThat(gateway.get("/actuator/env").statusCode()).isEqualTo(404);
    }
}
