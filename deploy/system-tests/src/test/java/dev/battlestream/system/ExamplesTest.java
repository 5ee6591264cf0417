package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example ends as its guide says, or at least begins. */
@Timeout(400)
class ExamplesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FILES = Path.of("../../examples");
    private static final Path GUIDE = Path.of("../../docs/guides/judging.md");

    private static final Pattern EXAMPLE =
            Pattern.compile(
                    "```json\\n(.*?)```\\n\\nEnds: `(\\w+)` after (\\d+) turns?, (?:decided by `(\\w+)`|class `(\\w+)`)\\.",
                    Pattern.DOTALL);

    private final Platform platform = Platform.shared();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
    }

    /**
     * An example and how it ends.
     *
     * @param decidedBy the stage that decided the last verdict; empty where judging failed
     * @param failureClass empty where nothing failed
     */
    record Example(String body, String reason, int turns, String decidedBy, String failureClass) {}

    static List<Example> examples() throws IOException {
        String guide = Files.readString(GUIDE);
        List<Example> examples =
                EXAMPLE.matcher(guide).results().map(ExamplesTest::example).toList();
        assertThat(examples)
                .hasSize(Math.toIntExact(guide.lines().filter("```json"::equals).count()));
        return examples;
    }

    private static Example example(MatchResult found) {
        return new Example(
                found.group(1),
                found.group(2),
                Integer.parseInt(found.group(3)),
                found.group(4) == null ? "" : found.group(4),
                found.group(5) == null ? "" : found.group(5));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleEndsAsTheGuideSays(Example example) throws Exception {
        platform.with(
                ServiceKind.RUNNER, ServiceKind.JUDGE, ServiceKind.REPORT, ServiceKind.GATEWAY);
        String battle = start(example.body()).path("battleId").asText();

        await().atMost(Duration.ofMinutes(1))
                .until(() -> get(battle, "/status").hasNonNull("endedReason"));

        JsonNode status = get(battle, "/status");
        assertThat(status.path("endedReason").asText()).isEqualTo(example.reason());
        assertThat(status.path("turn").asInt()).isEqualTo(example.turns());
        assertThat(status.at("/failure/class").asText("")).isEqualTo(example.failureClass());
        if (!example.decidedBy().isEmpty()) {
            assertThat(last(get(battle, "/verdicts").path("verdicts")).path("decidedBy").asText())
                    .isEqualTo(example.decidedBy());
        }
    }

    static List<Path> files() throws IOException {
        try (var files = Files.list(FILES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisabledOnOs(OS.WINDOWS)
    void aFileIsAcceptedAsTheCommandLineReadsIt(Path file, @TempDir Path home) throws Exception {
        platform.with(
                ServiceKind.RUNNER, ServiceKind.JUDGE, ServiceKind.REPORT, ServiceKind.GATEWAY);
        boolean ofARun = file.getFileName().toString().startsWith("run-");
        URI gateway = URI.create(platform.service(ServiceKind.GATEWAY).url());

        List<String> printed =
                CommandLine.printed(
                        platform,
                        home,
                        gateway.getPort(),
                        ofARun ? "scale" : "battle",
                        "start",
                        "--json",
                        "--spec",
                        file.toAbsolutePath().toString());

        JsonNode links = JSON.readTree(String.join("\n", printed)).path("links");
        assertThat(
                        http.send(
                                        HttpRequest.newBuilder(
                                                        gateway.resolve(
                                                                links.path("cancel").asText()))
                                                .POST(BodyPublishers.noBody())
                                                .build(),
                                        BodyHandlers.ofString())
                                .statusCode())
                .as("%s", printed)
                .isIn(202, 409);
    }

    private static JsonNode last(JsonNode list) {
        return list.path(list.size() - 1);
    }

    private JsonNode start(String body) throws Exception {
        return JSON.readTree(
                http.send(
                                HttpRequest.newBuilder(battles("/start"))
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofString(body))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
    }

    private JsonNode get(String battle, String part) throws Exception {
        return JSON.readTree(
                http.send(
                                HttpRequest.newBuilder(battles("/" + battle + part)).build(),
                                BodyHandlers.ofString())
                        .body());
    }

    private URI battles(String path) {
        return URI.create(platform.service(ServiceKind.GATEWAY).url() + "/api/battles" + path);
    }
}
