package dev.battlestream.local.specs.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SpecFileTest {

    private static final Path EXAMPLES = Path.of("../../examples");
    private static final Path SCHEMAS = Path.of("../../docs/schemas");

    @TempDir Path folder;

    static List<Path> examples() throws IOException {
        try (var files = Files.list(EXAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anExampleKeepsTheSchemaThatItNames(Path example) throws IOException {
        String first = Files.readAllLines(example).getFirst();
        String named = first.substring(first.indexOf('=') + 1);

        assertThat(first).startsWith("# yaml-language-server: $schema=");
        assertThat(EXAMPLES.resolve(named)).exists();
        if (named.contains("scale-run")) {
            assertThat(SpecFile.run(example).path("battle").isObject()).isTrue();
        } else {
            assertThat(SpecFile.battle(example).path("goal").isString()).isTrue();
        }
    }

    @Test
    void thereAreTheExamplesThatTheGuideSpeaksOf() throws IOException {
        assertThat(examples())
                .extracting(example -> example.getFileName().toString())
                .containsExactly(
                        "battle-judged.yaml",
                        "battle-minimal.yaml",
                        "run-compare-variants.yaml",
                        "run-of-ten.yaml");
    }

    @Test
    void aFileIsReadAsTheBodyThatItStandsFor() throws IOException {
        JsonNode body =
                SpecFile.battle(
                        file(
                                """
                                model: "scripted:never"
                                goal: |
                                  One
                                  two
                                messageLimit: 12
                                temperature: 0.25
                                seed: -9223372036854775808
                                budgetUsd: "0.50"
                                opening: [{role: user, content: 'no'}]
                                judge:
                                  validators:
                                    - {type: jsonPath, path: $.ok, equalTo: true}
                                    - {type: jsonPath, path: $.at, equalTo: 2026-01-31}
                                labels: {country: no, version: "1.0"}
                                """));

        assertThat(body.toString())
                .isEqualTo(
                        JsonMapper.shared()
                                .readTree(
                                        """
                                        {"model": "scripted:never", "goal": "One\\ntwo\\n",
                                         "messageLimit": 12, "temperature": 0.25,
                                         "seed": -9223372036854775808, "budgetUsd": "0.50",
                                         "opening": [{"role": "user", "content": "no"}],
                                         "judge": {"validators": [
                                           {"type": "jsonPath", "path": "$.ok", "equalTo": true},
                                           {"type": "jsonPath", "path": "$.at",
                                            "equalTo": "2026-01-31"}]},
                                         "labels": {"country": "no", "version": "1.0"}}
                                        """)
                                .toString());
    }

    @Test
    void aFileOfJsonIsReadToo() throws IOException {
        assertThat(
                        SpecFile.battle(file("{\"model\": \"scripted:never\"}"))
                                .path("model")
                                .asString())
                .isEqualTo("scripted:never");
    }

    @Test
    void aFieldWithATypingErrorIsRefusedWithItsPlace() throws IOException {
        assertRefused("model: scripted:never\njudge:\n  fast:\n    modell: x:y\n")
                .withMessageContaining("spec.yaml:4: judge.fast.modell: is no known field");
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceInTheOrderOfTheFile() throws IOException {
        Path run =
                file(
                        """
                        runCount: 0
                        concurrency: none
                        battle:
                          battleId: 00000000-0000-4000-8000-000000000001
                          messageLimit: many
                        variants:
                          - model: scripted:never
                          - {name: a, temperature: 3}
                        budgetUsd: 0.5
                        """);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpecFile.run(run))
                .satisfies(e ->
                        assertThat(message(e).lines())
                                .satisfiesExactly(
                                        line ->
                                                assertThat(line)
                                                        .contains("spec.yaml:1: runCount: "),
                                        line ->
                                                assertThat(line)
                                                        .contains("spec.yaml:2: concurrency: "),
                                        line ->
                                                assertThat(line)
                                                        .contains(
                                                                "spec.yaml:4: battle.battleId: does not belong here"),
                                        line ->
                                                assertThat(line)
                                                        .contains(
                                                                "spec.yaml:5: battle.messageLimit: "),
                                        line ->
                                                assertThat(line)
                                                        .contains(
                                                                "spec.yaml:7: variants[0].name: is missing"),
                                        line ->
                                                assertThat(line)
                                                        .contains(
                                                                "spec.yaml:8: variants[1].temperature: "),
                                        line ->
                                                assertThat(line)
                                                        .contains("spec.yaml:9: budgetUsd: ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "goal: !!java.net.URL [http://127.0.0.1:1/]",
                "goal: !!javax.script.ScriptEngineManager {}",
                "goal: !mine x",
                "labels: !!set {a}",
                "opening: !!binary aGFsbG8="
            })
    void aTypeOfAnyLanguageIsRefusedUnread(String yaml) throws IOException {
        assertRefused(yaml)
                .withMessageContaining("spec.yaml:1: ")
                .withMessageMatching("(?s).*([Tt]ype|[Tt]ag).*");
    }

    @Test
    void aFieldThatIsGivenTwiceIsRefused() throws IOException {
        assertRefused("goal: a\nmodel: x:y\ngoal: b\n")
                .withMessageContaining("spec.yaml:3: goal: is given twice");
    }

    @Test
    void whatIsNoYamlIsRefusedWithItsLine() throws IOException {
        assertRefused("goal: a\nmodel: [x\nlabels: {}\n").withMessageContaining("spec.yaml:3: ");
        assertRefused("goal: a\n---\ngoal: b\n").withMessageContaining("spec.yaml:2: ");
        assertRefused("- a\n").withMessageContaining("spec.yaml:1: ");
        assertRefused("").withMessageContaining("spec.yaml:1: ");
        assertRefused("<<: {goal: a}").withMessageContaining("spec.yaml:1: ");
        assertRefused("? [a]\n: b\n").withMessageContaining("spec.yaml:1: ");
    }

    @Test
    void anAliasStandsForItsValue() throws IOException {
        JsonNode body =
                SpecFile.battle(file("judge:\n  fast: &judge {model: a:b}\n  strong: *judge\n"));

        assertThat(body.at("/judge/strong/model").asString()).isEqualTo("a:b");
    }

    @Test
    void aliasesThatGrowBeyondMeasureAreRefused() throws IOException {
        StringBuilder bomb = new StringBuilder("labels: &a0 {x: y}\n");
        for (int i = 1; i <= 20; i++) {
            bomb.append("l%d: &a%d [%s]\n".formatted(i, i, "*a%d, *a%d".formatted(i - 1, i - 1)));
        }
        assertRefused(bomb.toString()).withMessageContaining("too many values");
        assertRefused("opening: &a\n  - *a\n").withMessageContaining("too deeply");
        assertRefused("equalTo: " + "[".repeat(200) + "]".repeat(200))
                .withMessageContaining("spec.yaml");
    }

    @Test
    void aFileThatIsTooLargeOrNotThereOrNoTextIsRefused() throws IOException {
        Path large = file("#" + "x".repeat(SpecFile.MAX_BYTES));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpecFile.battle(large))
                .withMessageContaining("256 KiB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpecFile.battle(folder.resolve("nothing.yaml")))
                .withMessageContaining("nothing.yaml");
        Path latin = folder.resolve("latin.yaml");
        Files.write(latin, "goal: schön".getBytes(StandardCharsets.ISO_8859_1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpecFile.battle(latin))
                .withMessageContaining("UTF-8");
    }

    @Test
    void aNumberOfAnotherLanguageIsNoNumber() throws IOException {
        for (String number : List.of("0x10", "1_0", "010", "1:30", ".nan", "yes")) {
            assertRefused("messageLimit: " + number)
                    .withMessageContaining("spec.yaml:1: messageLimit: ");
        }
        assertRefused("messageLimit: " + "9".repeat(5_000)).withMessageContaining("messageLimit");
    }

    @Test
    void theSchemaOfABattleSaysWhatTheGatewaysDocumentSays() throws IOException {
        assertThat(bounds(published("battle.schema.json")))
                .isNotEmpty()
                .isEqualTo(bounds(ofTheGateway("StartBattle")));
    }

    @Test
    void theSchemaOfARunSaysWhatTheGatewaysDocumentSays() throws IOException {
        Map<String, String> published = bounds(published("scale-run.schema.json"));
        Map<String, String> served = bounds(ofTheGateway("StartRun"));

        // A file of a run without a battle is a mistake; a request may leave all to the defaults.
        assertThat(published.remove("/required")).isEqualTo("[battle]");
        // How many there may be is the operator's to say.
        assertThat(served.remove("/properties/runCount/maximum")).isNotNull();
        assertThat(served.remove("/properties/concurrency/maximum")).isNotNull();
        assertThat(without("/properties/battle/", published))
                .isNotEmpty()
                .isEqualTo(without("/properties/battle/", served));
    }

    /** Only the id is missing, which follows from the run. */
    @Test
    void theBattleOfARunIsABattle() throws IOException {
        assertThat(published("scale-run.schema.json").at("/properties/battle/$ref").asString())
                .isEqualTo("battle.schema.json");
        assertThat(
                        published("scale-run.schema.json")
                                .at("/properties/battle/properties/battleId")
                                .asString())
                .isEqualTo("false");
        assertThat(bounds(ofTheGateway("StartRun").at("/properties/battle")))
                .isEqualTo(
                        without("/properties/battleId/", bounds(published("battle.schema.json"))));
    }

    private static JsonNode published(String schema) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(SCHEMAS.resolve(schema)));
    }

    private static JsonNode ofTheGateway(String schema) throws IOException {
        Map<?, ?> document;
        try (var reader = Files.newBufferedReader(Path.of("../../gateway-service/openapi.yaml"))) {
            document = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
        }
        return JsonMapper.shared().valueToTree(document).at("/components/schemas/" + schema);
    }

    private static Map<String, String> without(String place, Map<String, String> bounds) {
        Map<String, String> others = new TreeMap<>(bounds);
        others.keySet().removeIf(at -> at.startsWith(place));
        return others;
    }

    /** Every bound by the place it stands at; words for people are left out. */
    private static Map<String, String> bounds(JsonNode schema) {
        Map<String, String> bounds = new TreeMap<>();
        collect("", schema, bounds);
        // To the gateway's document, the format says it all; to a schema it says nothing.
        for (String at : List.copyOf(bounds.keySet())) {
            if (at.endsWith("/format") && "int64".equals(bounds.get(at))) {
                String field = at.substring(0, at.length() - "format".length());
                bounds.putIfAbsent(field + "minimum", Long.toString(Long.MIN_VALUE));
                bounds.putIfAbsent(field + "maximum", Long.toString(Long.MAX_VALUE));
            }
        }
        return bounds;
    }

    private static void collect(String at, JsonNode node, Map<String, String> bounds) {
        Set<String> words = Set.of("title", "description", "example", "examples", "$schema");
        if (node.isObject()) {
            for (var field : node.properties()) {
                // Below "properties" a name is a field's, such as the one called schema.
                if (at.endsWith("/properties") || !words.contains(field.getKey())) {
                    collect(at + "/" + field.getKey(), field.getValue(), bounds);
                }
            }
        } else if (node.isArray()) {
            Set<String> elements = new TreeSet<>();
            node.forEach(element -> elements.add(element.asString()));
            bounds.put(at, elements.toString());
        } else {
            bounds.put(at, node.asString());
        }
    }

    private ThrowableAssertAlternative<IllegalArgumentException> assertRefused(String yaml)
            throws IOException {
        Path file = file(yaml);
        return assertThatIllegalArgumentException().isThrownBy(() -> SpecFile.battle(file));
    }

    private static String message(Throwable thrown) {
        return Objects.requireNonNull(thrown.getMessage());
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("spec.yaml"), yaml);
    }
}
