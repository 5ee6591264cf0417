package dev.battlestream.runner.battle;

import static dev.battlestream.runner.battle.BattleExamples.CAPS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.runner.battle.BattleRequest.JudgeRequest;
import dev.battlestream.runner.battle.BattleRequest.OpponentRequest;
import dev.battlestream.runner.battle.BattleRequest.ValidatorRequest;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
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
                refusal("stale", f -> f.age(Duration.ofDays(8))),
                refusal("goal must be at most 32000 characters", f -> f.goal("x".repeat(32_001))),
                refusal("opening must be 1 to 32000", f -> f.opening(List.of(""))),
                refusal("opening messages", f -> f.opening(Collections.nCopies(51, "hi"))),
                refusal("model 'evil:model' is not allowed", f -> f.model("evil:model")),
                refusal("model 'evil:judge' is not allowed", f -> f.judge("evil:judge")),
                refusal("model 'evil:foe' is not allowed", f -> f.opponent("evil:foe")),
                refusal("no RE2 regular expression", f -> f.validator("(")),
                refusal("too costly", f -> f.validator("((a{999}){999}){999}")),
                refusal("pattern length must be 1 to 1000", f -> f.validator("")),
                refusal("a label's value", f -> f.labels(Map.of("a", "x".repeat(201)))));
    }

    private static Arguments refusal(String words, UnaryOperator<Fields> broken) {
        return Arguments.of(words, broken);
    }

    /** A valid request of which single fields are broken. */
    static final class Fields {
        private Duration age = Duration.ZERO;
        private String model = "scripted:never";
        private String goal = "win";
        private List<String> opening = List.of();
        private Optional<OpponentRequest> opponent = Optional.empty();
        private int messageLimit = 25;
        private Optional<Integer> maxTokens = Optional.empty();
        private Optional<Double> temperature = Optional.empty();
        private Optional<BigDecimal> budget = Optional.empty();
        private int timeoutSeconds = 600;
        private List<ValidatorRequest> validators = List.of();
        private Optional<JudgeRequest> judge = Optional.empty();
        private Map<String, String> labels = Map.of();

        Fields age(Duration value) {
            age = value;
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
            opponent = Optional.of(new OpponentRequest(value, ""));
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
            validators = List.of(new ValidatorRequest(ValidatorRequest.Kind.REGEX, pattern));
            return this;
        }

        Fields judge(String value) {
            judge = Optional.of(new JudgeRequest(value, ""));
            return this;
        }

        Fields labels(Map<String, String> value) {
            labels = value;
            return this;
        }

        BattleRequest build() {
            return new BattleRequest(
                    BattleExamples.ID,
                    age,
                    "agent",
                    model,
                    "",
                    goal,
                    opening,
                    opponent,
                    messageLimit,
                    maxTokens,
                    temperature,
                    budget,
                    timeoutSeconds,
                    validators,
                    judge,
                    labels,
                    Optional.empty(),
                    Optional.empty());
        }
    }
}
