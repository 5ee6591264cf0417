package dev.battlestream.gateway.battle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.battle.StartBattle.Judging;
import dev.battlestream.gateway.battle.StartBattle.ModelJudge;
import dev.battlestream.gateway.battle.StartBattle.Opening;
import dev.battlestream.gateway.battle.StartBattle.Opponent;
import dev.battlestream.gateway.battle.StartBattle.Speaker;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.policy.ValidatorCombination;
import dev.battlestream.policy.ValidatorSpec;
import dev.battlestream.policy.ValidatorSpec.Kind;
import dev.battlestream.policy.ValidatorSpec.OnMatch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartFormTest extends StartContract {

    @Test
    void anEmptyBodyIsABattleOfDefaults() {
        StartBattle start = accepted(Map.of());

        assertThat(start)
                .isEqualTo(
                        new StartBattle(
                                Optional.empty(),
                                "agent",
                                "",
                                "",
                                "",
                                List.of(),
                                Optional.empty(),
                                25,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                600,
                                Judging.DEFAULT,
                                Map.of()));
    }

    @Test
    void everyFieldOfTheContractArrives() {
        UUID id = UUID.fromString("0d9f6c1e-5a52-4e0a-9d3a-0c6a1a4b7e11");
        Map<String, Object> body = new HashMap<>();
        body.put("battleId", "0D9F6C1E-5A52-4E0A-9D3A-0C6A1A4B7E11");
        body.put("agentId", "support-bot");
        body.put("model", "openai:gpt-4o-mini");
        body.put("systemPrompt", "Be kind.");
        body.put("goal", "Refund.");
        body.put(
                "opening",
                List.of(
                        Map.of("role", "user", "content", "Hello"),
                        Map.of("role", "agent", "content", "Hi")));
        body.put(
                "opponent",
                Map.of(
                        "model",
                        "scripted:never",
                        "systemPrompt",
                        "Be angry.",
                        "stopWords",
                        List.of("goodbye")));
        body.put("messageLimit", 7);
        body.put("maxTokensPerTurn", 512);
        body.put("temperature", new BigDecimal("0.2"));
        body.put("seed", -9_007_199_254_740_993L);
        body.put("budgetUsd", "0.50");
        body.put("timeoutSeconds", 60);
        body.put(
                "judge",
                Map.of(
                        "validators",
                        List.of(
                                Map.of("type", "regex", "pattern", "refund(ed)?"),
                                Map.of("type", "contains", "pattern", "no", "onMatch", "fail")),
                        "combine",
                        "all",
                        "fast",
                        Map.of("model", "scripted:judge", "rubric", "Strict."),
                        "strong",
                        Map.of("model", "scripted:unsure"),
                        "plateau",
                        Map.of("turns", 3)));
        body.put("labels", Map.of("suite", "checkout"));

        assertThat(accepted(body))
                .isEqualTo(
                        new StartBattle(
                                Optional.of(id),
                                "support-bot",
                                "openai:gpt-4o-mini",
                                "Be kind.",
                                "Refund.",
                                List.of(
                                        new Opening(Speaker.USER, "Hello"),
                                        new Opening(Speaker.AGENT, "Hi")),
                                Optional.of(
                                        new Opponent(
                                                "scripted:never", "Be angry.", List.of("goodbye"))),
                                7,
                                Optional.of(512),
                                Optional.of(0.2),
                                Optional.of(-9_007_199_254_740_993L),
                                Optional.of(new BigDecimal("0.50")),
                                60,
                                new Judging(
                                        List.of(
                                                ValidatorSpec.of(
                                                        Kind.REGEX, "refund(ed)?", OnMatch.PASS),
                                                ValidatorSpec.of(
                                                        Kind.CONTAINS, "no", OnMatch.FAIL)),
                                        ValidatorCombination.ALL,
                                        Optional.of(new ModelJudge("scripted:judge", "Strict.")),
                                        Optional.of(new ModelJudge("scripted:unsure", "")),
                                        Optional.of(3)),
                                Map.of("suite", "checkout")));
    }

    @Test
    void nullIsTheSameAsLeftOut() {
        Map<String, @Nullable Object> body = new HashMap<>();
        Stream.of(
                        "battleId",
                        "agentId",
                        "model",
                        "opening",
                        "opponent",
                        "messageLimit",
                        "temperature",
                        "seed",
                        "budgetUsd",
                        "judge",
                        "labels")
                .forEach(name -> body.put(name, null));

        assertThat(accepted(body)).isEqualTo(accepted(Map.of()));
    }

    @Test
    void allErrorsAreToldAtOnceEachWithItsPath() {
        Map<String, Object> body = new HashMap<>();
        body.put("messageLimit", 26);
        body.put("temperature", "hot");
        body.put("surprise", true);
        body.put("opening", List.of(Map.of("role", "king", "content", ""), "no object"));
        body.put("opponent", Map.of("model", "nocolon", "mood", "bad"));
        body.put(
                "judge",
                Map.of(
                        "validators",
                        List.of(
                                Map.of("pattern", "x"),
                                Map.of("type", "regex", "pattern", "["),
                                Map.of("type", "json-schema", "pattern", "{}")),
                        "strong",
                        Map.of("model", "nocolon"),
                        "plateau",
                        Map.of("turns", 1)));
        body.put("labels", Map.of("suite", 4));

        assertThat(refused(body).stream().map(FieldError::field))
                .containsExactlyInAnyOrder(
                        "messageLimit",
                        "temperature",
                        "surprise",
                        "opening[0].role",
                        "opening[0].content",
                        "opening[1]",
                        "opponent.model",
                        "opponent.mood",
                        "judge.validators[0].type",
                        "judge.validators[1].pattern",
                        "judge.validators[2].type",
                        "judge.strong.model",
                        "judge.plateau.turns",
                        "labels.suite");
    }

    @ParameterizedTest
    @MethodSource
    void oneWrongFieldIsOneError(String field, Map<String, Object> body, String message) {
        assertThat(refused(body)).containsExactly(new FieldError(field, message));
    }

    static Stream<Arguments> oneWrongFieldIsOneError() {
        String long201 = "x".repeat(201);
        String long32001 = "x".repeat(32_001);
        return Stream.of(
                wrong("messageLimit", 0, "must be 1 to 25"),
                wrong("messageLimit", 26, "must be 1 to 25"),
                wrong("messageLimit", "5", "must be a whole number"),
                wrong("messageLimit", new BigDecimal("5.0"), "must be a whole number"),
                wrong("messageLimit", 1L << 40, "is out of range"),
                wrong("messageLimit", BigInteger.TEN.pow(50), "is out of range"),
                wrong("timeoutSeconds", 0, "must be 1 to 86400"),
                wrong("timeoutSeconds", 86_401, "must be 1 to 86400"),
                wrong("maxTokensPerTurn", 0, "must be 1 to 32768"),
                wrong("maxTokensPerTurn", 32_769, "must be 1 to 32768"),
                wrong("temperature", -1, "must be 0 to 2"),
                wrong("temperature", new BigDecimal("2.01"), "must be 0 to 2"),
                wrong("temperature", new BigDecimal("1e999"), "must be 0 to 2"),
                wrong("seed", new BigDecimal("1.0"), "must be a whole number"),
                wrong("seed", "1", "must be a whole number"),
                wrong("seed", BigInteger.TWO.pow(63), "is out of range"),
                wrong("budgetUsd", "0", "must be more than 0, at most 1000000"),
                wrong("agentId", long201, "must have at most 200 characters"),
                wrong("agentId", 4, "must be a text"),
                wrong("systemPrompt", long32001, "must have at most 32000 characters"),
                wrong("goal", long32001, "must have at most 32000 characters"),
                wrong("battleId", "1-1-1-1-1", "must be a UUID of 36 characters"),
                wrong("opening", "x", "must be a list"),
                wrong(
                        "opening",
                        Collections.nCopies(51, Map.of("content", "x")),
                        "must have at most 50 elements"),
                wrong("opponent", List.of(), "must be an object"),
                wrong("judge", "strict", "must be an object"),
                wrong("labels", List.of(), "must be an object"),
                wrong("labels", labels(51), "must have at most 50 fields"),
                wrong("runId", "x", "is no known field"),
                wrong("budgetUsd", "1000000.01", "must be more than 0, at most 1000000"),
                Arguments.of(
                        "opening[0].content",
                        Map.of("opening", List.of(Map.of("content", long32001))),
                        "must have 1 to 32000 characters"),
                Arguments.of(
                        "opening[0].content",
                        Map.of("opening", List.of(Map.of("content", " \n"))),
                        "must not be blank"),
                Arguments.of(
                        "opponent.systemPrompt",
                        Map.of("opponent", Map.of("systemPrompt", long32001)),
                        "must have at most 32000 characters"),
                Arguments.of(
                        "judge.fast.rubric",
                        Map.of("judge", Map.of("fast", Map.of("rubric", "x".repeat(8_001)))),
                        "must have at most 8000 characters"),
                Arguments.of(
                        "judge.validators",
                        Map.of("judge", Map.of("validators", contains(21))),
                        "must have at most 20 elements"),
                Arguments.of(
                        "judge.validators[0].pattern",
                        validator("contains", "x".repeat(1_001)),
                        "must have 1 to 1000 characters"),
                Arguments.of(
                        "judge.validators[0].pattern",
                        validator("regex", "x".repeat(1_001)),
                        "must have 1 to 1000 characters"),
                Arguments.of(
                        "judge.validators[0].pattern",
                        validator("equals", ""),
                        "must have 1 to 1000 characters"),
                Arguments.of(
                        "labels.suite",
                        Map.of("labels", Map.of("suite", long201)),
                        "must have at most 200 characters"),
                Arguments.of(
                        "labels.(a field with an unusual name)",
                        Map.of("labels", Map.of("", "x")),
                        "must have a name of 1 to 200 characters"));
    }

    @Test
    void whatIsAsLargeAsAllowedIsTaken() {
        String longest = "x".repeat(32_000);
        Map<String, Object> body = new HashMap<>();
        body.put("messageLimit", 25);
        body.put("timeoutSeconds", 86_400);
        body.put("maxTokensPerTurn", 32_768);
        body.put("temperature", 2);
        body.put("budgetUsd", "1000000");
        body.put("systemPrompt", longest);
        body.put("goal", longest);
        body.put("agentId", "x".repeat(200));
        body.put("opening", Collections.nCopies(50, Map.of("content", "x")));
        body.put("opponent", Map.of("systemPrompt", longest));
        body.put(
                "judge",
                Map.of("validators", contains(20), "fast", Map.of("rubric", "x".repeat(8_000))));
        body.put("labels", labels(50));

        assertThat(accepted(body).messageLimit()).isEqualTo(25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1e9", "1e999999999", "0.0000000001", "1234567890", "NaN"})
    void anAmountOfMoneyIsPlainDigits(String text) {
        assertThat(refused(Map.of("budgetUsd", text)))
                .extracting(FieldError::field)
                .containsExactly("budgetUsd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpt", ":x", "x:", "a b:c", "a:b c", "\"a\":b", "é:x"})
    void aModelIsWrittenProviderAndName(String model) {
        assertThat(refused(Map.of("model", model, "judge", Map.of("fast", Map.of("model", model)))))
                .extracting(FieldError::field)
                .containsExactlyInAnyOrder("model", "judge.fast.model");
    }

    @Test
    void aMessageNeverRepeatsWhatTheCallerSent() {
        String secret = "sk-secret-0123456789";
        Map<String, Object> body = new HashMap<>();
        body.put("model", secret);
        body.put("battleId", secret);
        body.put("budgetUsd", secret);
        body.put("temperature", secret);
        body.put(secret + " ", 1);
        body.put("judge", Map.of("validators", List.of(Map.of("type", secret, "pattern", "x"))));

        assertThat(refused(body)).hasSize(6).noneMatch(error -> error.toString().contains(secret));
    }

    @Test
    void aBodyOfNothingButErrorsIsAnsweredBriefly() {
        Map<String, Object> body = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            body.put("unknown" + i, i);
        }

        assertThat(refused(body)).hasSize(100);
    }

    @ParameterizedTest
    @MethodSource
    void aBodyThatIsNoObjectIsRefused(@Nullable Object body) {
        assertThat(refused(body))
                .containsExactly(new FieldError("", "the body must be a JSON object"));
    }

    static List<@Nullable Object> aBodyThatIsNoObjectIsRefused() {
        List<@Nullable Object> bodies = new ArrayList<>(List.of(List.of(), "text", 4, true));
        bodies.add(null);
        return bodies;
    }

    @Test
    void theOperatorsCapsHold() {
        Caps caps = new Caps(3, 30, 100, 50, 10, 1, 1, 5, 1, 5);
        Map<String, Object> body =
                Map.of("messageLimit", 4, "timeoutSeconds", 31, "goal", "x".repeat(51));

        assertThat(StartForm.read(body, caps, AllowedModels.ALL))
                .isEqualTo(
                        new StartReading.Refused(
                                List.of(
                                        new FieldError("messageLimit", "must be 1 to 3"),
                                        new FieldError("timeoutSeconds", "must be 1 to 30"),
                                        new FieldError(
                                                "goal", "must have at most 50 characters"))));
        assertThat(StartForm.read(Map.of(), caps, AllowedModels.ALL))
                .as("defaults fit into the caps")
                .isInstanceOf(StartReading.Accepted.class);
    }

    private static Arguments wrong(String field, Object value, String message) {
        return Arguments.of(field, Map.of(field, value), message);
    }
}
