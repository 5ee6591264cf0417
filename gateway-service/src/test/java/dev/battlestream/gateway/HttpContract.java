package dev.battlestream.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import tools.jackson.databind.JsonNode;

/** What the tests of the routes share: one gateway in front of one report service. */
abstract class HttpContract {

    static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    static final ReportDouble report = ReportDouble.started();
    static final RunningGateway gateway = RunningGateway.start(report.url(), Map.of());

    @BeforeAll
    static void ready() {
        gateway.awaitReady();
    }

    static UUID start(String body) throws Exception {
        HttpResponse<String> response = gateway.post("/api/battles/start", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        return UUID.fromString(RunningGateway.json(response).get("battleId").asString());
    }

    static String header(ConsumerRecord<?, ?> message, String name) {
        return new String(message.headers().lastHeader(name).value(), UTF_8);
    }

    /** Checks the whole document; with fields, that exactly these have errors. */
    static void assertProblem(
            HttpResponse<String> response, int status, String code, String path, String... fields) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        JsonNode problem = RunningGateway.json(response);
        Set<String> names = Set.copyOf(problem.propertyNames());
        assertThat(names)
                .contains("type", "title", "status", "detail", "instance", "code", "requestId");
        assertThat(problem.get("type").asString())
                .isEqualTo("urn:battlestream:problem:" + code.replace('_', '-'));
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("code").asString()).isEqualTo(code);
        assertThat(problem.get("instance").asString()).isEqualTo(path);
        assertThat(problem.get("requestId").asString())
                .isEqualTo(response.headers().firstValue("X-Request-Id").orElseThrow());
        List<String> found = new ArrayList<>();
        if (problem.has("errors")) {
            problem.get("errors").forEach(error -> found.add(error.get("field").asString()));
        }
        assertThat(found).containsExactlyInAnyOrder(fields);
    }
}
