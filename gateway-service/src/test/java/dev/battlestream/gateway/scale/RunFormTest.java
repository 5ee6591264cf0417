package dev.battlestream.gateway.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.gateway.battle.AllowedModels;
import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.gateway.exchange.FieldError;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class RunFormTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final RunCaps CAPS = new RunCaps(10, 3);

    @Test
    void anEmptyBodyIsOneBattleOfDefaults() {
        StartRun run = accepted("{}");

        assertThat(run.runId()).isEmpty();
        assertThat(run.runCount()).isEqualTo(1);
        assertThat(run.concurrency()).isEqualTo(1);
        assertThat(run.battle().messageLimit()).isEqualTo(25);
        assertThat(run.variants()).isEmpty();
        assertThat(run.seed()).isEmpty();
        assertThat(run.budgetUsd()).isEmpty();
        assertThat(run.timeoutSeconds()).isEqualTo(86_400);
        assertThat(run.labels()).isEmpty();
    }

    @Test
    void everyFieldIsTaken() {
        StartRun run =
                accepted(
                        """
                        {"runId":"7b1f6a52-4c1e-4f0a-9d53-2f6c8f0f4a11","runCount":10,
                         "concurrency":3,"battle":{"goal":"win","budgetUsd":"0.10"},
                         "variants":[{"name":"a","model":"x:y","systemPrompt":"","temperature":0},
                                     {"name":"b"}],
                         "seed":-9007199254740993,"budgetUsd":"0.75","timeoutSeconds":604800,
                         "labels":{"suite":"checkout"}}
                        """);

        assertThat(run.runId()).contains(UUID.fromString("7b1f6a52-4c1e-4f0a-9d53-2f6c8f0f4a11"));
        assertThat(run.runCount()).isEqualTo(10);
        assertThat(run.concurrency()).isEqualTo(3);
        assertThat(run.battle().goal()).isEqualTo("win");
        assertThat(run.variants())
                .containsExactly(
                        new StartRun.Variant("a", "x:y", Optional.of(""), Optional.of(0.0)),
                        new StartRun.Variant("b", "", Optional.empty(), Optional.empty()));
        assertThat(run.seed()).contains(-9_007_199_254_740_993L);
        assertThat(run.budgetUsd()).contains(new BigDecimal("0.75"));
        assertThat(run.timeoutSeconds()).isEqualTo(604_800);
        assertThat(run.labels()).containsExactly(Map.entry("suite", "checkout"));
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithItsPath() {
        assertThat(
                        fields(
                                """
                                {"runId":"7","runCount":11,"concurrency":0,
                                 "battle":{"battleId":"x","model":"y","nonsense":1,
                                           "judge":{"validators":[{"type":"what"}]}},
                                 "variants":[{"name":"a"},{"name":"a","model":"z"},
                                             {"temperature":3},7,{"name":1,"more":1}],
                                 "seed":1.5,"budgetUsd":0.5,"timeoutSeconds":604801,
                                 "labels":{"a":1},"unknown":true}
                                """))
                .containsExactlyInAnyOrder(
                        "runId",
                        "runCount",
                        "concurrency",
                        "battle.battleId",
                        "battle.model",
                        "battle.nonsense",
                        "battle.judge.validators[0].type",
                        "variants[1].name",
                        "variants[1].model",
                        "variants[2].name",
                        "variants[2].temperature",
                        "variants[3]",
                        "variants[4].name",
                        "variants[4].more",
                        "seed",
                        "budgetUsd",
                        "timeoutSeconds",
                        "labels.a",
                        "unknown");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " = ",
            value = {
                "{\"battle\":[]} = battle",
                "{\"battle\":{\"messageLimit\":26}} = battle.messageLimit",
                "{\"battle\":{\"battleId\":\"7b1f6a52-4c1e-4f0a-9d53-2f6c8f0f4a11\"}} ="
                        + " battle.battleId",
                "{\"variants\":{}} = variants",
                "{\"variants\":[{\"name\":\"\"}]} = variants[0].name",
                "{\"seed\":1,\"battle\":{\"seed\":1}} = battle.seed",
                "{\"battle\":{\"seed\":0.5}} = battle.seed",
                "{\"seed\":9223372036854775807} = seed",
                "{\"seed\":9223372036854775808} = seed",
                "{\"budgetUsd\":\"0\"} = budgetUsd",
                "{\"budgetUsd\":\"1000001\"} = budgetUsd",
                "{\"runCount\":2,\"budgetUsd\":\"0.5\",\"battle\":{\"budgetUsd\":\"0.51\"}} ="
                        + " battle.budgetUsd",
                "{\"timeoutSeconds\":0} = timeoutSeconds",
                "{\"runCount\":\"1\"} = runCount"
            })
    void oneWrongFieldIsOneError(String body, String field) {
        assertThat(fields(body)).containsExactly(field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "null", "\"x\""})
    void aBodyThatIsNoObjectIsRefused(String body) {
        assertThat(fields(body)).containsExactly("");
    }

    @Test
    void thereAreAtMostTenVariants() {
        List<String> variants = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            variants.add("{\"name\":\"%d\"}".formatted(i));
        }
        String ten = String.join(",", variants);

        assertThat(accepted("{\"variants\":[%s]}".formatted(ten)).variants()).hasSize(10);
        assertThat(fields("{\"variants\":[%s,{\"name\":\"x\"}]}".formatted(ten)))
                .containsExactly("variants");
    }

    @Test
    void modelsOfTheBattleAndOfVariantsMustBeAllowed() {
        AllowedModels models = new AllowedModels(List.of("scripted:*"), List.of());
        String body =
                """
                {"battle":{"model":"openai:a"},"variants":[{"name":"a","model":"scripted:x"},
                                                           {"name":"b","model":"openai:b"}]%s}
                """;

        assertThat(read(body.formatted(""), models))
                .isInstanceOfSatisfying(
                        RunReading.ModelNotAllowed.class,
                        refused ->
                                assertThat(refused.errors())
                                        .extracting(FieldError::field)
                                        .containsExactly("battle.model", "variants[1].model"));
        assertThat(read(body.formatted(",\"runCount\":0"), models))
                .isInstanceOfSatisfying(
                        RunReading.Refused.class,
                        refused ->
                                assertThat(refused.errors())
                                        .extracting(FieldError::field)
                                        .containsExactlyInAnyOrder(
                                                "runCount", "battle.model", "variants[1].model"));
    }

    @Test
    void aBodyOfNothingButErrorsIsAnsweredByABoundedNumberOfThem() {
        StringBuilder body = new StringBuilder("{\"x0\":0");
        for (int i = 1; i < 500; i++) {
            body.append(",\"x%d\":0".formatted(i));
        }

        assertThat(fields(body + "}")).hasSize(100);
    }

    @Test
    void whatARunMayCostIsItsOwnBudgetOrThatOfAllItsBattles() {
        assertThat(accepted("{\"runCount\":4}").mostUsd()).isEmpty();
        assertThat(accepted("{\"runCount\":4,\"battle\":{\"budgetUsd\":\"0.25\"}}").mostUsd())
                .contains(new BigDecimal("1.00"));
        StartRun bounded =
                accepted(
                        "{\"runCount\":4,\"budgetUsd\":\"0.5\",\"battle\":{\"budgetUsd\":\"0.25\"}}");
        assertThat(bounded.mostUsd()).contains(new BigDecimal("0.5"));
        assertThat(bounded.orEachCosting(BigDecimal.ONE)).isEqualTo(bounded);
        assertThat(accepted("{\"runCount\":4}").orEachCosting(BigDecimal.ONE).mostUsd())
                .contains(BigDecimal.valueOf(4));
    }

    @Test
    void aBattleMayCostAsMuchAsItsRun() {
        StartRun run = accepted("{\"budgetUsd\":\"0.50\",\"battle\":{\"budgetUsd\":\"0.5\"}}");

        assertThat(run.battle().budgetUsd()).contains(new BigDecimal("0.5"));
    }

    @Test
    void capsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new RunCaps(0, 1)).hasMessageContaining("max-run-count");
        assertThatThrownBy(() -> new RunCaps(1, 100_001)).hasMessageContaining("max-concurrency");
    }

    private static StartRun accepted(String body) {
        RunReading reading = read(body, AllowedModels.ALL);
        if (reading instanceof RunReading.Accepted(StartRun start)) {
            return start;
        }
        throw new AssertionError(reading.toString());
    }

    private static List<String> fields(String body) {
        RunReading reading = read(body, AllowedModels.ALL);
        if (reading instanceof RunReading.Refused(List<FieldError> errors)) {
            return errors.stream().map(FieldError::field).toList();
        }
        throw new AssertionError(reading.toString());
    }

    private static RunReading read(String body, AllowedModels models) {
        return RunForm.read(JSON.readValue(body, Object.class), Caps.CONTRACT, CAPS, models);
    }
}
