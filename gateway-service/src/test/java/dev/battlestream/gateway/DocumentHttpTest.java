package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.document.Call;
import dev.battlestream.gateway.document.Calls;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The documents say what the gateway does. */
class DocumentHttpTest extends HttpContract {

    /** The released document, for whoever reads the project and not a running gateway. */
    private static final Path COMMITTED = Path.of("openapi.yaml");

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    @Test
    void theCommittedDocumentIsTheServedOne() throws Exception {
        String served = gateway.get("/v3/api-docs.yaml").body();
        Path written = Path.of("target", "openapi.yaml");
        Files.writeString(written, served);

        assertThat(COMMITTED)
                .as("the contract changed: if that is meant, copy %s", written)
                .hasContent(served);
    }

    @Test
    void everyRouteIsDescribedAndNothingElse() throws Exception {
        JsonNode paths = document().path("paths");

        Set<String> routes = new TreeSet<>();
        paths.propertyNames()
                .forEach(path ->
                        paths.path(path).propertyNames().stream()
                                .filter(METHODS::contains)
                                .forEach(method ->
                                        routes.add(method.toUpperCase(Locale.ROOT) + " " + path)));

        assertThat(routes)
                .isEqualTo(
                        Calls.all().stream()
                                .map(call -> call.method() + " " + call.path())
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void everyReferenceHasItsSchema() throws Exception {
        String text = gateway.get("/v3/api-docs").body();
        Set<String> known =
                new TreeSet<>(document().path("components").path("schemas").propertyNames());

        Set<String> referenced =
                Pattern.compile("#/components/schemas/([A-Za-z]+)")
                        .matcher(text)
                        .results()
                        .map(reference -> reference.group(1))
                        .collect(Collectors.toSet());

        assertThat(referenced).isNotEmpty().allMatch(known::contains);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/battles/start", "/api/scale/start"})
    void everyExampleOfAStartIsAccepted(String path) throws Exception {
        JsonNode examples =
                document()
                        .path("paths")
                        .path(path)
                        .path("post")
                        .path("requestBody")
                        .path("content")
                        .path("application/json")
                        .path("examples");

        assertThat(examples.size()).isPositive();
        for (Map.Entry<String, JsonNode> example : examples.properties()) {
            HttpResponse<String> answer =
                    gateway.post(path, example.getValue().path("value").toString());
            assertThat(answer.statusCode()).as(example.getKey()).isEqualTo(202);
        }
    }

    @Test
    void whateverIsAnsweredIsDescribed() throws Exception {
        JsonNode started = RunningGateway.json(gateway.post("/api/battles/start", "{}"));
        JsonNode schema = document().path("components").path("schemas");

        assertThat(schema.path("BattleStarted").path("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(started.propertyNames());
        JsonNode status =
                RunningGateway.json(
                        gateway.get("/api/battles/" + started.path("battleId").asString()));
        assertThat(schema.path("BattleStatus").path("properties").propertyNames())
                .containsAll(status.propertyNames());
        JsonNode problem = RunningGateway.json(gateway.get("/api/battles/nonsense"));
        assertThat(schema.path("Problem").path("properties").propertyNames())
                .containsAll(problem.propertyNames());
    }

    @Test
    void thePropertiesAreDescribedByTheirOwnDocumentation() throws Exception {
        JsonNode progress =
                document()
                        .path("components")
                        .path("schemas")
                        .path("BattleStatus")
                        .path("properties")
                        .path("progress");

        assertThat(progress.path("description").asString()).contains("turns over the limit");
    }

    @Test
    void theCapsOfTheOperatorAreInTheDocument() throws Exception {
        JsonNode start =
                document()
                        .path("components")
                        .path("schemas")
                        .path("StartBattle")
                        .path("properties");

        assertThat(start.path("messageLimit").path("maximum").asInt()).isEqualTo(25);
        assertThat(start.path("goal").path("maxLength").asInt()).isEqualTo(32_000);
        JsonNode run = document().at("/components/schemas/StartRun/properties");
        assertThat(run.path("runCount").path("maximum").asInt()).isEqualTo(10);
        assertThat(run.path("concurrency").path("maximum").asInt()).isEqualTo(3);
        assertThat(run.at("/battle/properties").propertyNames())
                .as("a battle of a run has an id of the run")
                .doesNotContain("battleId")
                .contains("goal");
    }

    @Test
    void thePageToTryItOutIsThere() throws Exception {
        HttpResponse<String> page = gateway.get("/swagger-ui/index.html");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("swagger-ui");
    }

    @Test
    void theEventsHaveTheirDocument() throws Exception {
        HttpResponse<String> events = gateway.get("/asyncapi.yaml");

        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.headers().firstValue("Content-Type")).contains("application/yaml");
        assertThat(events.body()).startsWith("asyncapi: 3").contains("battle.requests");
    }

    @Test
    void everyCallHasANameOfItsOwn() {
        assertThat(Calls.all()).extracting(Call::id).doesNotHaveDuplicates();
    }

    private JsonNode document() throws Exception {
        return RunningGateway.json(gateway.get("/v3/api-docs"));
    }
}
