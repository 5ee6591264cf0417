package dev.battlestream.runner.battle;

import static dev.battlestream.runner.battle.BattleExamples.CAPS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.battlestream.policy.ValidatorSpec;
import dev.battlestream.policy.ValidatorSpec.Kind;
import dev.battlestream.policy.ValidatorSpec.OnMatch;
import dev.battlestream.runner.battle.BattleRequest.JudgeRequest;
import dev.battlestream.runner.battle.BattleRequest.OpponentRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class AdmissionTest {

    @Test
    void aPlainRequestIsAdmitted() {
        assertThat(Admission.refusal(BattleExamples.request(25), CAPS)).isEmpty();
    }

    @Test
    void allBrokenRulesAreToldAtOnce() {
        BattleRequest bad = new Fields().messageLimit(0).timeoutSeconds(0).temperature(3.0).build();

        assertThat(Admission.refusal(bad, CAPS).orElseThrow().detail())
                .contains("messageLimit")
                .contains("timeoutSeconds")
                .contains("temperature");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refuses(String words, UnaryOperator<Fields> broken) {
        BattleRequest request = broken.apply(new Fields()).build();

        assertThat(Admission.refusal(request, CAPS).orElseThrow().detail()).contains(words);
    }

    static List<Arguments> refused() {
        return List.of(
                refusal("messageLimit must be 1 to 25, not 26", f -> f.messageLimit(26)),
                refusal("timeoutSeconds must be 1 to 86400", f -> f.timeoutSeconds(86_401)),
                refusal("maxTokensPerTurn", f -> f.maxTokens(0)),
                refusal("temperature must be 0 to 2, not NaN", f -> f.temperature(Double.NaN)),
                refusal("budgetUsd must be more than 0", f -> f.budget("0")),
                refusal(
                        "opponent.stopWords must be 0 to 20, not 21",
                        f -> f.stopWords(Collections.nCopies(21, "bye"))),
                refusal(
                        "opponent.stopWords must each be 1 to 200 characters",
                        f -> f.stopWords(List.of("x".repeat(201)))),
                refusal("opponent.stopWords must each be", f -> f.stopWords(List.of(" "))),
                refusal("stale", f -> f.age(Optional.of(Duration.ofDays(8)))),
                refusal("the record has no timestamp", f -> f.age(Optional.empty())),
                refusal("goal must be at most 32000 characters", f -> f.goal("x".repeat(32_001))),
                refusal("opening must be 1 to 32000", f -> f.opening(List.of(""))),
                refusal("opening messages", f -> f.opening(Collections.nCopies(51, "hi"))),
                refusal("model 'evil:model' is not allowed", f -> f.model("evil:model")),
                refusal(
                        "judging.fast.model 'nonsense' is not provider:model",
                        f -> f.judge("nonsense", "")),
                refusal(
                        "judging.fast.rubric must be at most 8000 characters",
                        f -> f.judge("", "x".repeat(8_001))),
                refusal("battleId must be a UUID", f -> f.battleId("team/42")),
                refusal("battleId must be a UUID", f -> f.battleId("")),
                refusal("battleId must be a UUID", f -> f.battleId(BattleExamples.ID + "\n")),
                refusal("runId must be a UUID", f -> f.runId("run")),
                refusal("opening must not be blank", f -> f.opening(List.of(" \n "))),
                refusal("at most 1000000", f -> f.budget("1000000.000000001")),
                refusal("at most 1000000", f -> f.budget("1000000000000")),
                refusal(
                        "a validator's pattern must have 1 to 1000 characters",
                        f -> f.validator("x".repeat(1_001))),
                refusal("model 'evil:foe' is not allowed", f -> f.opponent("evil:foe")),
                refusal("no RE2 regular expression", f -> f.validator("(")),
                refusal("a label's value", f -> f.labels(Map.of("a", "x".repeat(201)))),
                refusal("a label's name", f -> f.labels(Map.of("x".repeat(201), "a"))),
                refusal("labels must be 0 to 50, not 51", f -> f.labels(labels(51))),
                refusal("messageLimit must be 1 to 25, not 0", f -> f.messageLimit(0)),
                refusal("timeoutSeconds must be 1 to 86400, not 0", f -> f.timeoutSeconds(0)),
                refusal("maxTokensPerTurn must be 1 to 32768", f -> f.maxTokens(32_769)),
                refusal("temperature must be 0 to 2, not 2.01", f -> f.temperature(2.01)),
                refusal("temperature must be 0 to 2, not -0.1", f -> f.temperature(-0.1)),
                refusal("agentId must be at most 200", f -> f.agentId("x".repeat(201))),
                refusal("clientId must be at most 200", f -> f.clientId("x".repeat(201))),
                refusal(
                        "systemPrompt must be at most 32000",
                        f -> f.systemPrompt("x".repeat(32_001))),
                refusal(
                        "opponent.systemPrompt must be at most 32000",
                        f -> f.opponentPrompt("x".repeat(32_001))),
                refusal("opening must be 1 to 32000", f -> f.opening(List.of("x".repeat(32_001)))),
                refusal("too many times", f -> f.validator("((a{999}){999}){999}")),
                refusal("validators must be 0 to 20, not 21", f -> f.validators(21)),
                refusal("a validator's type is unknown", f -> f.validator(Kind.UNKNOWN, "")),
                refusal("a validator's schema is missing", f -> f.validator(Kind.JSON_SCHEMA, "")),
                refusal("a validator's path is missing", f -> f.validator(Kind.JSON_PATH, "")),
                refusal("a validator's min or max must be set", f -> f.validator(Kind.LENGTH, "")),
                refusal(
                        "judging.strong.model 'nonsense' is not provider:model",
                        f -> f.strong("nonsense", "")),
                refusal(
                        "judging.strong.rubric must be at most 8000 characters",
                        f -> f.strong("", "x".repeat(8_001))),
                refusal("judging.plateau.turns must be 2 to 25, not 1", f -> f.plateauTurns(1)),
                refusal("judging.plateau.turns must be 2 to 25, not 26", f -> f.plateauTurns(26)),
                refusal(
                        "a validator's pattern must have 1 to 1000 characters",
                        f -> f.validator("")));
    }

    private static Map<String, String> labels(int count) {
        return IntStream.range(0, count)
                .boxed()
                .collect(Collectors.toMap(i -> "label " + i, _ -> "x"));
    }

    @Test
    void aPatternThatIsTooLongIsNotLookedAt() {
        BattleRequest request = new Fields().validator("[" + "[:".repeat(499_000)).build();

        assertTimeout(
                Duration.ofSeconds(2),
                () ->
                        assertThat(Admission.refusal(request, CAPS).orElseThrow().detail())
                                .contains("pattern must have 1 to 1000"));
    }

    @Test
    void whichModelsMayJudgeIsTheJudgesAffair() {
        assertThat(Admission.refusal(new Fields().judge("elsewhere:x", "").build(), CAPS))
                .isEmpty();
    }

    private static Arguments refusal(String words, UnaryOperator<Fields> broken) {
        return Arguments.of(words, broken);
    }

    /** A valid request of which single fields are broken. */
    static final class Fields {
        private String battleId = BattleExamples.ID;
        private Optional<String> clientId = Optional.empty();
        private Optional<String> runId = Optional.empty();
        private Optional<Duration> age = Optional.of(Duration.ZERO);
        private String agentId = "agent";
        private String model = "scripted:never";
        private String systemPrompt = "";
        private String goal = "win";
        private List<String> opening = List.of();
        private Optional<OpponentRequest> opponent = Optional.empty();
        private int messageLimit = 25;
        private Optional<Integer> maxTokens = Optional.empty();
        private Optional<Double> temperature = Optional.empty();
        private Optional<BigDecimal> budget = Optional.empty();
        private int timeoutSeconds = 600;
        private List<ValidatorSpec> validators = List.of();
        private Optional<JudgeRequest> fast = Optional.empty();
        private Optional<JudgeRequest> strong = Optional.empty();
        private Optional<Integer> plateauTurns = Optional.empty();
        private Map<String, String> labels = Map.of();

        Fields battleId(String value) {
            battleId = value;
            return this;
        }

        Fields clientId(String value) {
            clientId = Optional.of(value);
            return this;
        }

        Fields runId(String value) {
            runId = Optional.of(value);
            return this;
        }

        Fields age(Optional<Duration> value) {
            age = value;
            return this;
        }

        Fields agentId(String value) {
            agentId = value;
            return this;
        }

        Fields systemPrompt(String value) {
            systemPrompt = value;
            return this;
        }

        Fields opponentPrompt(String value) {
            opponent = Optional.of(new OpponentRequest("scripted:never", value, List.of()));
            return this;
        }

        Fields model(String value) {
            model = value;
            return this;
        }

        Fields goal(String value) {
            goal = value;
            return this;
        }

        Fields opening(List<String> value) {
            opening = value;
            return this;
        }

        Fields opponent(String value) {
            opponent = Optional.of(new OpponentRequest(value, "", List.of()));
            return this;
        }

        Fields stopWords(List<String> value) {
            opponent = Optional.of(new OpponentRequest("scripted:never", "", value));
            return this;
        }

        Fields messageLimit(int value) {
            messageLimit = value;
            return this;
        }

        Fields maxTokens(int value) {
            maxTokens = Optional.of(value);
            return this;
        }

        Fields temperature(double value) {
            temperature = Optional.of(value);
            return this;
        }

        Fields budget(String value) {
            budget = Optional.of(new BigDecimal(value));
            return this;
        }

        Fields timeoutSeconds(int value) {
            timeoutSeconds = value;
            return this;
        }

        Fields validator(String pattern) {
            return validator(Kind.REGEX, pattern);
        }

        Fields validator(Kind kind, String pattern) {
            validators = List.of(ValidatorSpec.of(kind, pattern, OnMatch.PASS));
            return this;
        }

        Fields validators(int count) {
            validators =
                    Collections.nCopies(count, ValidatorSpec.of(Kind.CONTAINS, "x", OnMatch.PASS));
            return this;
        }

        Fields plateauTurns(int value) {
            plateauTurns = Optional.of(value);
            return this;
        }

        Fields judge(String model, String rubric) {
            fast = Optional.of(new JudgeRequest(model, rubric));
            return this;
        }

        Fields strong(String model, String rubric) {
            strong = Optional.of(new JudgeRequest(model, rubric));
            return this;
        }

        Fields labels(Map<String, String> value) {
            labels = value;
            return this;
        }

        BattleRequest build() {
            return new BattleRequest(
                    battleId,
                    age,
                    agentId,
                    model,
                    systemPrompt,
                    goal,
                    opening,
                    opponent,
                    messageLimit,
                    maxTokens,
                    temperature,
                    budget,
                    timeoutSeconds,
                    validators,
                    fast,
                    strong,
                    plateauTurns,
                    labels,
                    clientId,
                    runId);
        }
    }
}
