package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class HealthHttpTest extends HttpContract {

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
        assertThat(gateway.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(gateway.get("/actuator/prometheus").body())
                .contains("http_server_requests_seconds_count")
                .contains("battlestream_gateway_stream_viewers");
        assertThat(gateway.get("/actuator/env").statusCode()).isEqualTo(404);
    }
}
