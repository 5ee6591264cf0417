package dev.battlestream.gateway.battle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.policy.ValidatorSpec;
import dev.battlestream.policy.ValidatorSpec.Kind;
import dev.battlestream.policy.ValidatorSpec.NumberChoice;
import dev.battlestream.policy.ValidatorSpec.OnMatch;
import dev.battlestream.policy.ValidatorSpec.OnMismatch;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a start says that its turns are judged. */
class StartJudgingTest extends StartContract {

    @Test
    void everyKindOfValidatorArrives() {
        List<Map<String, Object>> validators =
                List.of(
                        Map.of(
                                "type", "jsonSchema",
                                "schema", Map.of("type", "object", "required", List.of("id")),
                                "onMismatch", "fail"),
                        Map.of("type", "numericRange", "number", "only", "min", 0.5, "max", "1.50"),
                        Map.of("type", "numericRange", "path", "$.score", "min", -3),
                        Map.of("type", "jsonPath", "path", "$.a", "equalTo", List.of(1, true)),
                        Map.of("type", "length", "max", 280, "onMatch", "fail"));

        assertThat(
                        accepted(Map.of("judge", Map.of("validators", validators)))
                                .judging()
                                .validators())
                .containsExactly(
                        new ValidatorSpec(
                                Kind.JSON_SCHEMA,
                                "",
                                OnMatch.PASS,
                                OnMismatch.FAIL,
                                Optional.of("{\"required\":[\"id\"],\"type\":\"object\"}"),
                                Optional.empty(),
                                Optional.empty(),
                                NumberChoice.LAST,
                                Optional.empty(),
                                Optional.empty()),
                        range(NumberChoice.ONLY, null, "0.5", "1.50"),
                        range(NumberChoice.LAST, "$.score", "-3", null),
                        new ValidatorSpec(
                                Kind.JSON_PATH,
                                "",
                                OnMatch.PASS,
                                OnMismatch.NONE,
                                Optional.empty(),
                                Optional.of("$.a"),
                                Optional.of("[1,true]"),
                                NumberChoice.LAST,
                                Optional.empty(),
                                Optional.empty()),
                        new ValidatorSpec(
                                Kind.LENGTH,
                                "",
                                OnMatch.FAIL,
                                OnMismatch.NONE,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                NumberChoice.LAST,
                                Optional.empty(),
                                Optional.of("280")));
    }

    private static ValidatorSpec range(
            NumberChoice number,
            @Nullable String path,
            @Nullable String min,
            @Nullable String max) {
        return new ValidatorSpec(
                Kind.NUMERIC_RANGE,
                "",
                OnMatch.PASS,
                OnMismatch.NONE,
                Optional.empty(),
                Optional.ofNullable(path),
                Optional.empty(),
                number,
                Optional.ofNullable(min),
                Optional.ofNullable(max));
    }

    static Stream<Arguments> wrongValidators() {
        return Stream.of(
                Arguments.of(Map.of("type", "jsonSchema"), "schema", "is missing"),
                Arguments.of(
                        Map.of("type", "jsonSchema", "schema", Map.of("$ref", "http://a.b/c")),
                        "schema",
                        "$ref must be written #/$defs/name"),
                Arguments.of(
                        Map.of("type", "jsonPath", "path", "a.b"), "path", "must begin with $"),
                Arguments.of(Map.of("type", "length"), "min", "or max must be set"),
                Arguments.of(
                        Map.of("type", "length", "min", 5, "max", 4),
                        "max",
                        "must not be less than min"),
                Arguments.of(
                        Map.of("type", "length", "min", List.of(1), "max", 4),
                        "min",
                        "must be a number, or a text for one with many digits"),
                Arguments.of(
                        Map.of("type", "equals", "pattern", "a", "path", "$"),
                        "path",
                        "does not go with this type"),
                Arguments.of(
                        Map.of("type", "equals", "pattern", "a", "onMismatch", "pass"),
                        "onMismatch",
                        "must not be the same as onMatch"),
                Arguments.of(
                        Map.of("type", "xpath", "pattern", "a"),
                        "type",
                        "must be one of regex, contains, equals, jsonSchema, numericRange, jsonPath, length"));
    }

    @Test
    void aValueToCompareWithIsNotNull() {
        Map<String, Object> validator = new HashMap<>(Map.of("type", "jsonPath", "path", "$.a"));
        validator.put("equalTo", null);

        assertThat(refused(Map.of("judge", Map.of("validators", List.of(validator)))))
                .containsExactly(
                        new FieldError(
                                "judge.validators[0].equalTo",
                                "must not be null; leave it out for no value"));
    }

    @ParameterizedTest
    @MethodSource("wrongValidators")
    void aWrongValidatorIsToldWithItsField(
            Map<String, Object> validator, String field, String message) {
        assertThat(refused(Map.of("judge", Map.of("validators", List.of(validator)))))
                .containsExactly(new FieldError("judge.validators[0]." + field, message));
    }

    @Test
    void aPlateauHasADefaultOfTurns() {
        assertThat(accepted(Map.of("judge", Map.of("plateau", Map.of()))).judging().plateauTurns())
                .contains(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a-z", "(?=a)b", "a**", "((a{100}){100}){100}"})
    void aPatternMustBeAnRe2ExpressionOfBoundedCost(String pattern) {
        assertThat(refused(validator("regex", pattern)))
                .extracting(FieldError::field)
                .containsExactly("judge.validators[0].pattern");
        assertThat(accepted(validator("contains", pattern)).judging().validators())
                .as("only a regular expression is compiled")
                .hasSize(1);
    }

    @Test
    void expressionsThatAreCheapEachCanBeTooCostlyTogether() {
        List<Map<String, String>> three =
                Collections.nCopies(3, Map.of("type", "regex", "pattern", "a{900}"));

        assertThat(refused(Map.of("judge", Map.of("validators", three))))
                .extracting(FieldError::field)
                .containsExactly("judge.validators");
        assertThat(accepted(Map.of("judge", Map.of("validators", three.subList(0, 2)))))
                .isNotNull();
    }
}
