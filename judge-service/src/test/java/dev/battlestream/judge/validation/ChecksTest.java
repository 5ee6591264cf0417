package dev.battlestream.judge.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.policy.ValidatorSpec;
import dev.battlestream.policy.ValidatorSpec.NumberChoice;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A table of each kind of validator. */
class ChecksTest {

    private static final String ORDER =
            """
            {"type": "object", "required": ["id", "items"], "additionalProperties": false,
             "properties": {"id": {"type": "string", "pattern": "^[A-Z]{2}[0-9]+$"},
                            "items": {"type": "array", "minItems": 1, "uniqueItems": true,
                                      "items": {"$ref": "#/$defs/item"}}},
             "$defs": {"item": {"type": "object", "required": ["price"],
                                "properties": {"price": {"type": "number", "multipleOf": 0.01,
                                                         "exclusiveMinimum": 0}}}}}
            """;
    private static final String FENCED =
            "Here it is:\n```json\n{\"id\": \"AB1\", \"items\": [{\"price\": 0.1}]}\n```\nDone.";

    static Stream<Arguments> patterns() {
        return Stream.of(
                row(Specs.regex("Order \\d{4}"), "Order 4711 is done", Match.YES),
                row(Specs.regex("order \\d{4}"), "Order 4711 is done", Match.NO),
                row(Specs.contains("a+b"), "1 a+b 2", Match.YES),
                row(Specs.contains("a+b"), "aab", Match.NO),
                row(Specs.equalTo("42"), " 42\n", Match.YES),
                row(Specs.equalTo("42"), "42!", Match.NO));
    }

    static Stream<Arguments> schemas() {
        return Stream.of(
                row(
                        Specs.schema(ORDER),
                        "{\"id\":\"AB1\",\"items\":[{\"price\":9.99}]}",
                        Match.YES),
                row(Specs.schema(ORDER), FENCED, Match.YES),
                row(Specs.schema(ORDER), "{\"id\":\"ab1\",\"items\":[{\"price\":9.99}]}", Match.NO),
                row(
                        Specs.schema(ORDER),
                        "{\"id\":\"AB1\",\"items\":[{\"price\":0.001}]}",
                        Match.NO),
                row(Specs.schema(ORDER), "{\"id\":\"AB1\",\"items\":[{\"price\":0}]}", Match.NO),
                row(Specs.schema(ORDER), "{\"id\":\"AB1\",\"items\":[]}", Match.NO),
                row(Specs.schema(ORDER), "{\"id\":\"AB1\"}", Match.NO),
                row(
                        Specs.schema(ORDER),
                        "{\"id\":\"AB1\",\"items\":[{\"price\":1},{\"price\":1}]}",
                        Match.NO),
                row(
                        Specs.schema(ORDER),
                        "{\"id\":\"AB1\",\"items\":[{\"price\":1}],\"x\":1}",
                        Match.NO),
                row(Specs.schema(ORDER), "The order is AB1.", Match.NO),
                row(Specs.schema(ORDER), "{\"id\":\"AB1\",\"id\":\"AB2\"}", Match.NO),
                row(Specs.schema(ORDER), "```\n{}\n```\n```\n{}\n```", Match.NO),
                row(Specs.schema("true"), "[1,2]", Match.YES),
                row(Specs.schema("false"), "[1,2]", Match.NO),
                row(Specs.schema("true"), "[" + "1,".repeat(6_000) + "1]", Match.UNKNOWN),
                row(Specs.schema("true"), "1e999999999", Match.UNKNOWN),
                row(Specs.schema("{\"type\":\"integer\"}"), "1.0", Match.YES),
                row(Specs.schema("{\"const\":{\"a\":1}}"), "{\"a\":1}", Match.YES),
                row(Specs.schema("{\"enum\":[1,\"x\",null]}"), "null", Match.YES),
                row(
                        Specs.schema("{\"if\":{\"type\":\"string\"},\"then\":{\"minLength\":3}}"),
                        "\"ab\"",
                        Match.NO),
                row(
                        Specs.schema("{\"oneOf\":[{\"type\":\"number\"},{\"minimum\":2}]}"),
                        "3",
                        Match.NO),
                row(
                        Specs.schema("{\"patternProperties\":{\"^x-\":{\"type\":\"string\"}}}"),
                        "{\"x-a\":1}",
                        Match.NO),
                row(Specs.schema("{\"format\":\"email\"}"), "\"nobody\"", Match.YES));
    }

    static Stream<Arguments> numbers() {
        return Stream.of(
                row(last("1", "10"), "It is 7.", Match.YES),
                row(last("1", "10"), "First 70, then 7", Match.YES),
                row(last("1", "10"), "First 7, then 70", Match.NO),
                row(last("1", "10"), "1", Match.YES),
                row(last("1", "10"), "10.0", Match.YES),
                row(last("1", "10"), "10.000000000000000001", Match.NO),
                row(last(null, "-1"), "-5 degrees", Match.YES),
                row(last(null, "-1"), "\u22125 degrees", Match.YES),
                row(last(null, "0"), "3-5", Match.NO),
                row(last("1234.5", "1234.5"), "$1,234.50", Match.YES),
                row(last("6", null), "6e23", Match.YES),
                row(last("1", null), "version 1.2.3, build v7, 1_000", Match.NO),
                row(last("1", null), "none", Match.NO),
                row(last("1", null), "", Match.NO),
                row(last("1", "9"), "1".repeat(41), Match.NO),
                row(only("1", "10"), "It is 7.", Match.YES),
                row(only("1", "10"), "It is 7 or 8.", Match.NO),
                row(only("1", "10"), "Nothing", Match.NO),
                row(Specs.numberAt("$.score", "0.5", "1"), "{\"score\": 0.75}", Match.YES),
                row(Specs.numberAt("$.score", "0.5", "1"), "{\"score\": 0.25}", Match.NO),
                row(Specs.numberAt("$.score", "0.5", "1"), "{\"score\": \"0.75\"}", Match.NO),
                row(Specs.numberAt("$.score", "0.5", "1"), "{}", Match.NO),
                row(Specs.numberAt("$.s[*]", "0", "9"), "{\"s\":[1,2]}", Match.NO),
                row(Specs.numberAt("$.score", "0.5", "1"), "0.75", Match.NO));
    }

    static Stream<Arguments> paths() {
        String json = "{\"a\":{\"b c\":[1,2.0,{\"id\":\"x\"}]},\"n\":null,\"id\":7}";
        return Stream.of(
                row(Specs.path("$", null), json, Match.YES),
                row(Specs.path("$.a['b c'][0]", null), json, Match.YES),
                row(Specs.path("$.a['b c'][-1].id", "\"x\""), json, Match.YES),
                row(Specs.path("$.a['b c'][3]", null), json, Match.NO),
                row(Specs.path("$.a['b c'][-4]", null), json, Match.NO),
                row(Specs.path("$.a[0]", null), json, Match.NO),
                row(Specs.path("$.a['b c'].id", null), json, Match.NO),
                row(Specs.path("$.n", null), json, Match.YES),
                row(Specs.path("$.n", "null"), json, Match.YES),
                row(Specs.path("$.x", "null"), json, Match.NO),
                row(Specs.path("$..id", "7.0"), json, Match.YES),
                row(Specs.path("$..id", "8"), json, Match.NO),
                row(Specs.path("$.a['b c'][*]", "2"), json, Match.YES),
                row(Specs.path("$.a", "{\"b c\":[1.0,2,{\"id\":\"x\"}]}"), json, Match.YES),
                row(Specs.path("$.a", "{\"b c\":[2,1,{\"id\":\"x\"}]}"), json, Match.NO),
                row(Specs.path("$.*.*[2].*", "\"x\""), json, Match.YES),
                row(Specs.path("$.a", null), "no JSON", Match.NO),
                row(Specs.path("$.id", null), FENCED, Match.YES));
    }

    static Stream<Arguments> lengths() {
        return Stream.of(
                row(Specs.length("1", "5"), "", Match.NO),
                row(Specs.length("0", "5"), "", Match.YES),
                row(Specs.length("1", "5"), "12345", Match.YES),
                row(Specs.length("1", "5"), "123456", Match.NO),
                row(Specs.length(null, "3"), "👋👋👋", Match.YES),
                row(Specs.length("4", null), "👋👋👋", Match.NO));
    }

    @ParameterizedTest
    @MethodSource({"patterns", "schemas", "numbers", "paths", "lengths"})
    void aMessageMatchesOrDoesNot(ValidatorSpec spec, String text, Match match) {
        assertThat(Checks.match(spec, new Message(text))).isEqualTo(match);
    }

    @Test
    @Timeout(20)
    void aPathThatLeadsEverywhereAndBackStops() {
        String deep = "{\"a\":".repeat(60) + "1" + "}".repeat(60);
        String wide = "[" + "[1,1,1],".repeat(1_000) + "1]";

        assertThat(match(Specs.path("$" + "..*".repeat(20), null), deep)).isEqualTo(Match.UNKNOWN);
        assertThat(match(Specs.path("$" + "..*".repeat(20), "9"), wide)).isEqualTo(Match.NO);
    }

    @Test
    @Timeout(20)
    void theCostliestSchemaThatIsTakenEndsInTime() {
        String costly =
                "{\"$defs\":{\"a\":{\"anyOf\":["
                        + "{\"minimum\":9},".repeat(200)
                        + "{\"minimum\":8}]}},\"items\":{\"$ref\":\"#/$defs/a\"}}";
        String document = "[" + "1,".repeat(4_900) + "1]";

        assertThat(match(Specs.schema(costly), document)).isEqualTo(Match.NO);
    }

    @Test
    @Timeout(20)
    void numbersAreFoundInLinearTime() {
        String digits = "1,111".repeat(100_000);

        assertThat(match(last("1", null), digits)).isEqualTo(Match.NO);
        assertThat(match(last("1", null), "1.".repeat(200_000))).isEqualTo(Match.NO);
        assertThat(match(Specs.schema("true"), "```".repeat(200_000))).isEqualTo(Match.NO);
    }

    private static Match match(ValidatorSpec spec, String text) {
        return Checks.match(spec, new Message(text));
    }

    private static ValidatorSpec last(@Nullable String min, @Nullable String max) {
        return Specs.number(NumberChoice.LAST, min, max);
    }

    private static ValidatorSpec only(String min, String max) {
        return Specs.number(NumberChoice.ONLY, min, max);
    }

    private static Arguments row(ValidatorSpec spec, String text, Match match) {
        return Arguments.of(spec, text, match);
    }
}
