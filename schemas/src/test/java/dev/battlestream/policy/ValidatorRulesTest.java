package dev.battlestream.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.policy.ValidatorRules.Broken;
import dev.battlestream.policy.ValidatorSpec.Kind;
import dev.battlestream.policy.ValidatorSpec.NumberChoice;
import dev.battlestream.policy.ValidatorSpec.OnMatch;
import dev.battlestream.policy.ValidatorSpec.OnMismatch;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ValidatorRulesTest {

    private static final int PATTERN_LENGTH = 1_000;

    static Stream<ValidatorSpec> sound() {
        return Stream.of(
                pattern(Kind.REGEX, "a+"),
                pattern(Kind.CONTAINS, "(("),
                pattern(Kind.EQUALS, "done"),
                spec(Kind.JSON_SCHEMA, "{\"type\":\"object\"}", null, null, null, null),
                spec(Kind.NUMERIC_RANGE, null, null, null, "0.5", null),
                spec(Kind.NUMERIC_RANGE, null, "$.score", null, "-1", "1"),
                spec(Kind.JSON_PATH, null, "$.a", null, null, null),
                spec(Kind.JSON_PATH, null, "$.a", "{\"b\":[1]}", null, null),
                spec(Kind.LENGTH, null, null, null, "0", "280"));
    }

    @ParameterizedTest
    @MethodSource("sound")
    void aSoundValidatorBreaksNoRule(ValidatorSpec spec) {
        assertThat(ValidatorRules.broken(List.of(spec), PATTERN_LENGTH)).isEmpty();
    }

    static Stream<Arguments> unsound() {
        return Stream.of(
                Arguments.of(pattern(Kind.REGEX, ""), "pattern", "must have 1 to 1000 characters"),
                Arguments.of(
                        pattern(Kind.EQUALS, "x".repeat(1_001)),
                        "pattern",
                        "must have 1 to 1000 characters"),
                Arguments.of(
                        pattern(Kind.REGEX, "["),
                        "pattern",
                        "is no RE2 regular expression: missing closing ]"),
                Arguments.of(
                        pattern(Kind.REGEX, "(x{999}){999}"),
                        "pattern",
                        "repeats its parts too many times; use smaller counts"),
                Arguments.of(pattern(Kind.UNKNOWN, "x"), "type", "is unknown"),
                Arguments.of(
                        spec(Kind.JSON_SCHEMA, null, null, null, null, null),
                        "schema",
                        "is missing"),
                Arguments.of(
                        spec(Kind.JSON_SCHEMA, "{\"$id\":\"x\"}", null, null, null, null),
                        "schema",
                        "has the keyword $id, which is not supported"),
                Arguments.of(
                        spec(Kind.JSON_PATH, null, null, null, null, null), "path", "is missing"),
                Arguments.of(
                        spec(Kind.JSON_PATH, null, "a", null, null, null),
                        "path",
                        "must begin with $"),
                Arguments.of(
                        spec(Kind.JSON_PATH, null, "$.a", "yes", null, null),
                        "equalTo",
                        "is no JSON that can be compared"),
                Arguments.of(
                        spec(Kind.JSON_PATH, null, "$.a", "\"" + "x".repeat(1_000), null, null),
                        "equalTo",
                        "must have at most 1000 characters"),
                Arguments.of(
                        spec(Kind.JSON_PATH, null, "$.a", null, "1", null),
                        "min",
                        "does not go with this type"),
                Arguments.of(
                        spec(Kind.NUMERIC_RANGE, null, null, null, null, null),
                        "min",
                        "or max must be set"),
                Arguments.of(
                        spec(Kind.NUMERIC_RANGE, null, null, null, "1e9", null),
                        "min",
                        "must be a decimal number such as -0.5, with at most 20 digits before and"
                                + " 18 behind the point"),
                Arguments.of(
                        spec(Kind.NUMERIC_RANGE, null, null, null, "2", "1"),
                        "max",
                        "must not be less than min"),
                Arguments.of(
                        spec(Kind.LENGTH, null, null, null, "0.5", null),
                        "min",
                        "must be a whole number, 0 to 1000000"),
                Arguments.of(
                        spec(Kind.LENGTH, null, null, null, null, "-1"),
                        "max",
                        "must be a whole number, 0 to 1000000"),
                Arguments.of(
                        new ValidatorSpec(
                                Kind.REGEX,
                                "x",
                                OnMatch.FAIL,
                                OnMismatch.FAIL,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                NumberChoice.LAST,
                                Optional.empty(),
                                Optional.empty()),
                        "onMismatch",
                        "must not be the same as onMatch"),
                Arguments.of(
                        new ValidatorSpec(
                                Kind.NUMERIC_RANGE,
                                "",
                                OnMatch.PASS,
                                OnMismatch.FAIL,
                                Optional.empty(),
                                Optional.of("$.a"),
                                Optional.empty(),
                                NumberChoice.ONLY,
                                Optional.of("1"),
                                Optional.empty()),
                        "number",
                        "does not go with a path"));
    }

    @ParameterizedTest
    @MethodSource("unsound")
    void anUnsoundValidatorIsNamedWithItsField(ValidatorSpec spec, String field, String rule) {
        assertThat(ValidatorRules.broken(List.of(pattern(Kind.EQUALS, "a"), spec), PATTERN_LENGTH))
                .containsExactly(new Broken(1, field, rule));
    }

    @Test
    void costsAreBoundedTogether() {
        List<ValidatorSpec> expressions = Collections.nCopies(3, pattern(Kind.REGEX, "x{900}"));
        String listed = "{\"enum\":[" + "1,".repeat(400) + "1]}";
        List<ValidatorSpec> schemas =
                Collections.nCopies(3, spec(Kind.JSON_SCHEMA, listed, null, null, null, null));

        assertThat(ValidatorRules.broken(expressions, PATTERN_LENGTH))
                .extracting(Broken::rule)
                .singleElement()
                .asString()
                .contains("regular expressions that are too costly together");
        assertThat(ValidatorRules.broken(schemas, PATTERN_LENGTH))
                .extracting(Broken::rule)
                .singleElement()
                .asString()
                .contains("JSON Schemas that are too costly together");
        assertThat(ValidatorRules.broken(schemas.subList(0, 2), PATTERN_LENGTH)).isEmpty();
    }

    @Test
    void whatIsPrintedTellsNoContents() {
        assertThat(pattern(Kind.REGEX, "secret").toString()).doesNotContain("secret");
    }

    private static ValidatorSpec pattern(Kind kind, String pattern) {
        return ValidatorSpec.of(kind, pattern, OnMatch.PASS);
    }

    private static ValidatorSpec spec(
            Kind kind,
            @Nullable String schema,
            @Nullable String path,
            @Nullable String equalTo,
            @Nullable String min,
            @Nullable String max) {
        return new ValidatorSpec(
                kind,
                "",
                OnMatch.PASS,
                OnMismatch.FAIL,
                Optional.ofNullable(schema),
                Optional.ofNullable(path),
                Optional.ofNullable(equalTo),
                NumberChoice.LAST,
                Optional.ofNullable(min),
                Optional.ofNullable(max));
    }
}
