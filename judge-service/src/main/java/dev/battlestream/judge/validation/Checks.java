package dev.battlestream.judge.validation;

import com.google.re2j.Pattern;
import dev.battlestream.policy.BoundedJson.Reading;
import dev.battlestream.policy.JsonPath;
import dev.battlestream.policy.ValidatorSpec;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** How each kind of validator looks at a message; the validator has been found sound before. */
final class Checks {

    private Checks() {}

    static Match match(ValidatorSpec spec, Message message) {
        return switch (spec.type()) {
            case REGEX -> Match.of(Pattern.compile(spec.pattern()).matcher(message.text()).find());
            case CONTAINS -> Match.of(message.text().contains(spec.pattern()));
            case EQUALS -> Match.of(message.text().strip().equals(spec.pattern()));
            case JSON_SCHEMA ->
                    inJson(
                            message,
                            json ->
                                    Match.of(
                                            JsonSchemas.keeps(
                                                    spec.jsonSchema().orElseThrow(), json)));
            case JSON_PATH -> inJson(message, json -> path(spec, json));
            case NUMERIC_RANGE ->
                    spec.path().isPresent()
                            ? inJson(message, json -> numberAt(spec, json))
                            : numberIn(spec, message.text());
            case LENGTH ->
                    Match.of(
                            within(
                                    spec,
                                    BigDecimal.valueOf(
                                            message.text()
                                                    .codePointCount(0, message.text().length()))));
            case UNKNOWN -> Match.UNKNOWN;
        };
    }

    private static Match inJson(Message message, Function<JsonNode, Match> check) {
        return switch (message.json()) {
            case Reading.Value(JsonNode json) -> check.apply(json);
            case Reading.NotJson _ -> Match.NO;
            case Reading.TooLarge _ -> Match.UNKNOWN;
        };
    }

    private static Match path(ValidatorSpec spec, JsonNode json) {
        return switch (select(spec, json)) {
            case Selection.TooMany _ -> Match.UNKNOWN;
            case Selection.Values(var values) ->
                    spec.equalTo()
                            .map(wanted -> {
                                JsonNode other = JsonValues.parse(wanted);
                                return Match.of(
                                        values.stream().anyMatch(v -> JsonValues.equal(v, other)));
                            })
                            .orElseGet(() -> Match.of(!values.isEmpty()));
        };
    }

    private static Match numberAt(ValidatorSpec spec, JsonNode json) {
        return switch (select(spec, json)) {
            case Selection.TooMany _ -> Match.UNKNOWN;
            case Selection.Values(var values) ->
                    Match.of(
                            values.size() == 1
                                    && values.getFirst().isNumber()
                                    && within(spec, values.getFirst().decimalValue()));
        };
    }

    private static Selection select(ValidatorSpec spec, JsonNode json) {
        return Selection.of(JsonPath.parse(spec.path().orElseThrow()), json);
    }

    private static Match numberIn(ValidatorSpec spec, String text) {
        Optional<BigDecimal> number =
                switch (spec.number()) {
                    case LAST -> TextNumbers.last(text);
                    case ONLY -> TextNumbers.only(text);
                };
        return Match.of(number.filter(n -> within(spec, n)).isPresent());
    }

    private static boolean within(ValidatorSpec spec, BigDecimal number) {
        return spec.min().map(min -> number.compareTo(new BigDecimal(min)) >= 0).orElse(true)
                && spec.max().map(max -> number.compareTo(new BigDecimal(max)) <= 0).orElse(true);
    }
}
