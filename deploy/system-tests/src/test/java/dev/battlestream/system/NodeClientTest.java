package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.battlestream.schemas.DeadLetter;
import dev.battlestream.schemas.ReleasedSchemas;
import dev.battlestream.testkit.NodeProgram;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A program that shares no code with this project asks for battles over Kafka and reads what comes
 * of them; see client.mjs.
 */
@Timeout(400)
@EnabledIf("dev.battlestream.testkit.NodeProgram#canRun")
class NodeClientTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NOISE = "this is no request";

    private final Platform platform = Platform.shared();
    private final String first = UUID.randomUUID().toString();
    private final String inadmissible = UUID.randomUUID().toString();

    /** The bytes that are no request and the request after them lie in one partition. */
    private final String second = UUID.randomUUID().toString();

    @Test
    void anotherTeamsProgramAsksForBattlesAndReadsWhatComesOfThem() throws Exception {
        platform.with(ServiceKind.RUNNER, ServiceKind.JUDGE);

        List<JsonNode> lines = run();

        assertPlayed(lines, first);
        assertRefused(lines);
        assertPutAside(lines);
        assertPlayed(lines, second);
    }

    private List<JsonNode> run() throws Exception {
        String plan =
                """
                [{"id": "%s", "request": {"model": "scripted:goal-at-4", "goal": "The refund is done."}},
                 {"id": "%s", "request": {"model": "scripted:goal-at-4", "messageLimit": 99}},
                 {"id": "%s", "bytes": "%s"},
                 {"id": "%s", "request": {"model": "scripted:goal-at-4"}}]
                """
                        .formatted(first, inadmissible, second, NOISE, second);
        Map<String, String> environment =
                Map.of(
                        "KAFKA", platform.infra().bootstrapServers(),
                        "REGISTRY", platform.infra().confluentRegistryUrl(),
                        "REQUEST_SCHEMA", requestSchema().toString(),
                        "PLAN", plan,
                        "KAFKAJS_NO_PARTITIONER_WARNING", "1");
        try (NodeProgram client = NodeProgram.start("client.mjs", environment)) {
            List<JsonNode> lines = new ArrayList<>();
            for (String line : client.readToEnd()) {
                lines.add(JSON.readTree(line));
            }
            assertThat(client.exitCode())
                    .as("its exit code; it read %s, see target/system-logs/client.mjs.log", lines)
                    .isZero();
            return lines;
        }
    }

    private void assertPlayed(List<JsonNode> lines, String id) {
        List<JsonNode> turns = of(lines, "battle.turns", id);
        assertThat(turns).hasSize(4);
        for (int turn = 1; turn <= 4; turn++) {
            JsonNode record = turns.get(turn - 1);
            assertThat(record.at("/value/seq").asInt()).isEqualTo(turn);
            assertThat(record.at("/value/speaker").asText()).isEqualTo("AGENT");
            assertThat(record.at("/value/content").asText().contains("GOAL-REACHED"))
                    .isEqualTo(turn == 4);
            assertThat(record.at("/value/costUsd").asText()).matches("0\\.\\d{9}");
            assertThat(record.at("/headers/x-request-id").asText()).isEqualTo("request-of-" + id);
            assertThat(record.at("/headers/traceparent").asText())
                    .startsWith("00-4bf92f3577b34da6");
        }
        List<JsonNode> verdicts = of(lines, "battle.verdicts", id);
        assertThat(verdicts)
                .extracting(record -> record.at("/value/verdict").asText())
                .containsExactly("NO", "NO", "NO", "YES");
        assertThat(verdicts)
                .extracting(record -> record.at("/headers/x-request-id").asText())
                .containsOnly("request-of-" + id);
        JsonNode outcome = outcome(lines, id);
        assertThat(outcome.at("/value/reason").asText()).isEqualTo("GOAL");
        assertThat(outcome.at("/value/failure").isNull()).isTrue();
        assertThat(outcome.at("/value/messageCount").asInt()).isEqualTo(4);
        assertThat(outcome.at("/value/verdictCount").asInt()).isEqualTo(4);
        assertThat(outcome.at("/headers/x-request-id").asText()).isEqualTo("request-of-" + id);
    }

    private void assertRefused(List<JsonNode> lines) {
        JsonNode outcome = outcome(lines, inadmissible);

        assertThat(outcome.at("/value/reason").asText()).isEqualTo("ERROR");
        assertThat(outcome.at("/value/failure/failureClass").asText()).isEqualTo("REQUEST");
        assertThat(outcome.at("/value/failure/detail").asText()).contains("messageLimit", "25");
        assertThat(of(lines, "battle.turns", inadmissible)).isEmpty();
    }

    private void assertPutAside(List<JsonNode> lines) {
        List<JsonNode> letters = of(lines, "battle.requests.dlt", second);

        assertThat(letters).hasSize(1);
        JsonNode letter = letters.getFirst();
        assertThat(letter.path("bytes").asText()).isEqualTo(NOISE);
        JsonNode headers = letter.path("headers");
        assertThat(headers.path("x-request-id").asText()).isEqualTo("request-of-" + second);
        assertThat(headers.path(DeadLetter.TOPIC).asText()).isEqualTo("battle.requests");
        assertThat(headers.path(DeadLetter.PARTITION).asText()).matches("\\d+");
        assertThat(headers.path(DeadLetter.OFFSET).asText()).matches("\\d+");
        assertThat(headers.path(DeadLetter.EXCEPTION).asText()).contains("Exception");
        assertThat(headers.path(DeadLetter.MESSAGE).asText()).isNotBlank();
    }

    private static JsonNode outcome(List<JsonNode> lines, String id) {
        List<JsonNode> outcomes = of(lines, "battle.outcomes", id);
        assertThat(outcomes).hasSize(1);
        return outcomes.getFirst();
    }

    private static List<JsonNode> of(List<JsonNode> lines, String topic, String id) {
        return lines.stream()
                .filter(line -> line.path("topic").asText().equals(topic))
                .filter(line -> line.path("id").asText().equals(id))
                .toList();
    }

    /** The newest released schema, as a program outside would take it from the repository. */
    private static Path requestSchema() {
        return Path.of(System.getProperty("battlestream.root", "../.."))
                .resolve("schemas/src/main/resources/schemas/released")
                .resolve(ReleasedSchemas.versions().getLast())
                .resolve("battle.requests-value.avsc")
                .toAbsolutePath();
    }
}
