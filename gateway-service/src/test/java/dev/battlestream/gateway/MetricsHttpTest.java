package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures that docs/guides/operations.md names. */
class MetricsHttpTest extends HttpContract {

    @Test
    void startsRefusalsAndPublicationsAreCountedByWhatBecameOfThem() throws Exception {
        String accepted = "battlestream_gateway_starts_total{outcome=\"accepted\"}";
        String refused = "battlestream_gateway_problems_total{code=\"invalid_request\"}";
        String published =
                "battlestream_gateway_publish_seconds_count{outcome=\"acknowledged\",topic=\"battle.requests\"}";
        String answered =
                "http_server_requests_seconds_count{error=\"none\",exception=\"none\",method=\"POST\",outcome=\"SUCCESS\",status=\"202\",uri=\"/api/battles/start\"}";
        double acceptedBefore = gateway.metric(accepted);
        double refusedBefore = gateway.metric(refused);
        double publishedBefore = gateway.metric(published);
        double answeredBefore = gateway.metric(answered);

        start("{}");
        gateway.post("/api/battles/start", "{\"messageLimit\": 99}");

        assertThat(gateway.metric(accepted)).isEqualTo(acceptedBefore + 1);
        assertThat(gateway.metric(refused)).isEqualTo(refusedBefore + 1);
        assertThat(gateway.metric(published)).isEqualTo(publishedBefore + 1);
        assertThat(gateway.metric(answered)).isEqualTo(answeredBefore + 1);
    }

    @Test
    void openStreamsAreCounted() throws Exception {
        UUID battle = UUID.randomUUID();
        report.battle(battle).turn("hello");
        String viewers = "battlestream_gateway_stream_viewers";
        double before = gateway.metric(viewers);

        try (SseClient client = SseClient.open(gateway.at("/api/stream/" + battle), null)) {
            assertThat(client.status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> gateway.metric(viewers) == before + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "battlestream_gateway_jobs_running",
                "battlestream_gateway_jobs_unpublished",
                "battlestream_gateway_stream_feed_bytes"
            })
    void whatIsDocumentedIsThere(String name) throws Exception {
        assertThat(gateway.get("/actuator/prometheus").body()).contains(name);
    }
}
