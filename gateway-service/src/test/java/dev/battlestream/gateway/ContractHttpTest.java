package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.Gateways.Kind;
import dev.battlestream.gateway.exchange.ProblemCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/**
 * Every answer that the OpenAPI document describes is caused and held against what it says of it:
 * status, media type, headers, schema and example. So an answer that no gateway gives cannot be
 * described, and an example cannot outlive what it shows.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(60)
class ContractHttpTest {

    /** Answers of this run, for whoever writes an example. */
    private static final Path SEEN = Path.of("target", "contract");

    /** In a path; one of the two is no id. */
    private static final String ID = "/([0-9a-f-]{36}|17)(?=/|$)";

    private final Gateways gateways = new Gateways();
    private final Provocations provocations = new Provocations(gateways);
    private final GoodAnswers good = new GoodAnswers(gateways, provocations);
    private JsonNode document;

    @BeforeAll
    void read() throws Exception {
        Files.createDirectories(SEEN);
        document = RunningGateway.json(gateways.of(Kind.PLAIN).get("/v3/api-docs"));
    }

    @AfterAll
    void end() {
        gateways.close();
    }

    @TestFactory
    Stream<DynamicTest> everyProblemThatIsDescribedIsAnswered() {
        return Operation.of(document).stream()
                .flatMap(call ->
                        call.statuses().stream()
                                .flatMap(status ->
                                        call.problems(document, status).entrySet().stream()
                                                .map(problem ->
                                                        DynamicTest.dynamicTest(
                                                                "%s %d %s"
                                                                        .formatted(
                                                                                call,
                                                                                status,
                                                                                problem.getKey()),
                                                                () ->
                                                                        assertProblem(
                                                                                call, status,
                                                                                problem)))));
    }

    private void assertProblem(Operation call, int status, Map.Entry<String, JsonNode> shown)
            throws Exception {
        ProblemCode code = ProblemCode.valueOf(shown.getKey().toUpperCase(Locale.ROOT));

        Answer answer = provocations.of(call, code);

        Files.writeString(SEEN.resolve(code.code() + "." + call + ".json"), answer.body());
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo(Operation.PROBLEM);
        assertHeaders(call, status, answer);
        JsonNode problem = answer.json();
        assertThat(problem.path("code").asString()).isEqualTo(code.code());
        assertThat(problem.path("type").asString()).isEqualTo(code.type());
        assertThat(problem.path("title").asString()).isEqualTo(code.title());
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("requestId").asString()).isEqualTo(answer.header("X-Request-Id"));
        assertThat(problem.toString()).doesNotContain("secret");
        JsonNode schema = document.at("/components/schemas/Problem");
        assertThat(SchemaCheck.of(document, schema, shown.getValue()).faults()).isEmpty();
        SchemaCheck.Result real = SchemaCheck.of(document, schema, problem);
        assertThat(real.faults()).isEmpty();
        assertThat(real.fields())
                .as("the fields of the example")
                .isEqualTo(SchemaCheck.of(document, schema, shown.getValue()).fields());
        for (String field : List.of("type", "title", "status", "code")) {
            assertThat(shown.getValue().path(field)).as(field).isEqualTo(problem.path(field));
        }
        // What the provider says is the provider's.
        if (code != ProblemCode.PROVIDER_REFUSED) {
            assertThat(withoutNumbers(shown.getValue().path("detail")))
                    .isEqualTo(withoutNumbers(problem.path("detail")));
        }
        assertThat(errors(shown.getValue())).isEqualTo(errors(problem));
        if (code != ProblemCode.MALFORMED_REQUEST) {
            assertThat(problem.path("instance").asString().replaceAll(ID, "/{id}"))
                    .isEqualTo(call.pathOf("{id}"));
        }
    }

    /** Those of the document are there, and the request's own id comes back. */
    private static void assertHeaders(Operation call, int status, Answer answer) {
        for (String name : call.answer(status).path("headers").propertyNames()) {
            assertThat(answer.header(name)).as(name).isNotBlank();
        }
        boolean readable = !answer.body().contains(ProblemCode.MALFORMED_REQUEST.code());
        if (readable) {
            assertThat(answer.header("X-Request-Id")).isEqualTo(Provocations.REQUEST_ID);
        }
        if (status == 429 || (status == 503 && !call.id().equals("readHealth"))) {
            assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        }
    }

    private static String withoutNumbers(JsonNode detail) {
        return detail.asString().replaceAll("[0-9]+", "#");
    }

    private static Set<String> errors(JsonNode problem) {
        Set<String> errors = new TreeSet<>();
        problem.path("errors")
                .forEach(error ->
                        errors.add(
                                error.path("field").asString()
                                        + " "
                                        + withoutNumbers(error.path("message"))));
        return errors;
    }

    @TestFactory
    Stream<DynamicTest> everyGoodAnswerThatIsDescribedIsAnswered() {
        return Operation.of(document).stream()
                .flatMap(call ->
                        call.statuses().stream()
                                .filter(status -> call.problems(document, status).isEmpty())
                                .map(status ->
                                        DynamicTest.dynamicTest(
                                                "%s %d".formatted(call, status),
                                                () -> assertGood(call, status))));
    }

    private void assertGood(Operation call, int status) throws Exception {
        List<Answer> answers = good.of(call, status);

        assertThat(answers).isNotEmpty();
        for (Answer answer : answers) {
            assertThat(answer.status()).as(answer.body()).isEqualTo(status);
            assertHeaders(call, status, answer);
        }
        if (!call.answer(status).has("content")) {
            assertThat(answers).extracting(Answer::body).containsOnly("");
            return;
        }
        Set<Map.Entry<String, JsonNode>> contents =
                call.answer(status).path("content").properties();
        assertThat(answers)
                .as("answers of each media type, and of no other")
                .allSatisfy(answer ->
                        assertThat(contents)
                                .anyMatch(content ->
                                        answer.header("Content-Type")
                                                .startsWith(content.getKey())));
        for (Map.Entry<String, JsonNode> content : contents) {
            List<Answer> ofType =
                    answers.stream()
                            .filter(answer ->
                                    answer.header("Content-Type").startsWith(content.getKey()))
                            .toList();
            assertThat(ofType).as(content.getKey()).isNotEmpty();
            assertContent(call, content, ofType);
        }
    }

    private void assertContent(
            Operation call, Map.Entry<String, JsonNode> content, List<Answer> answers) {
        List<JsonNode> examples =
                StreamSupport.stream(content.getValue().path("examples").spliterator(), false)
                        .map(example -> SchemaCheck.resolved(document, example).path("value"))
                        .toList();
        assertThat(examples).isNotEmpty();
        switch (content.getKey()) {
            case "application/json" -> {
                List<JsonNode> real = answers.stream().map(Answer::json).toList();
                JsonNode schema = content.getValue().path("schema");
                assertThat(fields(schema, examples))
                        .as("the fields of the examples, and of what is answered")
                        .isEqualTo(fields(schema, real));
            }
            case "text/event-stream" ->
                    assertThat(events(call, examples.getFirst().asString()))
                            .as("the events of the example, and of what is streamed")
                            .isEqualTo(events(call, answers.getFirst().body()));
            case "application/yaml" ->
                    assertThat(answers.getFirst().body())
                            .startsWith(examples.getFirst().asString());
            // Written by the report service and passed on as it is.
            case "text/html" ->
                    assertThat(answers.getFirst().body())
                            .startsWith("<!doctype html>")
                            .hasSameSizeAs("<!doctype html>\n<p>ü</p>");
            case "text/csv" ->
                    assertThat(answers.getFirst().body()).isEqualTo("index,battleId\r\n1,ü\r\n");
            default -> throw new IllegalStateException("nothing checks " + content.getKey());
        }
    }

    /** Checks each value, and answers which fields they have together. */
    private Set<String> fields(JsonNode schema, List<JsonNode> values) {
        Set<String> fields = new TreeSet<>();
        for (JsonNode value : values) {
            SchemaCheck.Result result = SchemaCheck.of(document, schema, value);
            assertThat(result.faults()).as(value.toString()).isEmpty();
            fields.addAll(result.fields());
        }
        return fields;
    }

    /** The lines of each kind of event, with the fields of its data. */
    private Set<String> events(Operation call, String stream) {
        Set<String> events = new TreeSet<>();
        for (String event : stream.split("\n\n", -1)) {
            List<String> shape = new ArrayList<>();
            String name = "";
            for (String line : event.lines().toList()) {
                if (line.startsWith("data: ")) {
                    shape.addAll(
                            dataFields(
                                    call, name, RunningGateway.JSON.readTree(line.substring(6))));
                } else if (!line.startsWith(":")) {
                    name = line.startsWith("event: ") ? line.substring(7) : name;
                    shape.add(line.startsWith("id: ") ? "id" : line);
                }
            }
            if (!shape.isEmpty()) {
                events.add(shape.toString());
            }
        }
        return events;
    }

    private Set<String> dataFields(Operation call, String event, JsonNode data) {
        String schema =
                switch (event) {
                    case "status", "ended" -> call.isOfRuns() ? "RunStatus" : "BattleStatus";
                    case "member" -> "RunMember";
                    case "message" -> "BattleMessage";
                    case "verdict" -> "JudgeVerdict";
                    default -> "";
                };
        if (schema.isEmpty()) {
            return new TreeSet<>(data.propertyNames());
        }
        Set<String> fields = fields(document.at("/components/schemas/" + schema), List.of(data));
        // Which of its fields there are depends on how far the battle is.
        return event.equals("status") ? Set.of(schema) : fields;
    }

    @TestFactory
    Stream<DynamicTest> whateverIsAwayNothingIsAnsweredThatIsNotDescribed() {
        return Stream.of(
                        Kind.WITHOUT_DATABASE,
                        Kind.WITHOUT_BROKER,
                        Kind.WITHOUT_REGISTRY,
                        Kind.WITHOUT_REPORT)
                .flatMap(kind ->
                        Operation.of(document).stream()
                                .map(call ->
                                        DynamicTest.dynamicTest(
                                                kind + " " + call,
                                                () -> assertDescribed(kind, call))));
    }

    private void assertDescribed(Kind kind, Operation call) throws Exception {
        UUID ended = provocations.ended(call);
        for (UUID id : List.of(ended, UUID.randomUUID())) {
            Answer answer = provocations.send(kind, call, id, "{}");

            assertThat(call.statuses()).as(answer.body()).contains(answer.status());
            if (answer.header("Content-Type").equals(Operation.PROBLEM)) {
                assertThat(call.problems(document, answer.status()))
                        .containsKey(answer.json().path("code").asString());
            }
        }
    }
}
