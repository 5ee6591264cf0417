package dev.battlestream.schemas;

import dev.battlestream.events.MatchEffect;
import dev.battlestream.events.MismatchEffect;
import dev.battlestream.events.NumberChoice;
import dev.battlestream.events.Validator;
import dev.battlestream.events.ValidatorCombination;
import dev.battlestream.events.ValidatorType;
import dev.battlestream.policy.ValidatorSpec;
import java.util.Optional;

/** Between the contract's validators and those that the rules for them speak of. */
public final class ValidatorRecords {

    private ValidatorRecords() {}

    /** What a record asks for. */
    public static ValidatorSpec spec(Validator validator) {
        return new ValidatorSpec(
                kind(validator.getType()),
                validator.getPattern(),
                onMatch(validator.getOnMatch()),
                onMismatch(validator.getOnMismatch()),
                Optional.ofNullable(validator.getJsonSchema()),
                Optional.ofNullable(validator.getPath()),
                Optional.ofNullable(validator.getEqualTo()),
                number(validator.getNumber()),
                Optional.ofNullable(validator.getMin()),
                Optional.ofNullable(validator.getMax()));
    }

    /** The record that asks for it. */
    public static Validator record(ValidatorSpec spec) {
        return Validator.newBuilder()
                .setType(
                        switch (spec.type()) {
                            case REGEX -> ValidatorType.REGEX;
                            case CONTAINS -> ValidatorType.CONTAINS;
                            case EQUALS -> ValidatorType.EQUALS;
                            case JSON_SCHEMA -> ValidatorType.JSON_SCHEMA;
                            case NUMERIC_RANGE -> ValidatorType.NUMERIC_RANGE;
                            case JSON_PATH -> ValidatorType.JSON_PATH;
                            case LENGTH -> ValidatorType.LENGTH;
                            case UNKNOWN -> ValidatorType.UNKNOWN;
                        })
                .setPattern(spec.pattern())
                .setOnMatch(
                        switch (spec.onMatch()) {
                            case PASS -> MatchEffect.PASS;
                            case FAIL -> MatchEffect.FAIL;
                        })
                .setOnMismatch(
                        switch (spec.onMismatch()) {
                            case NONE -> MismatchEffect.NONE;
                            case PASS -> MismatchEffect.PASS;
                            case FAIL -> MismatchEffect.FAIL;
                        })
                .setJsonSchema(spec.jsonSchema().orElse(null))
                .setPath(spec.path().orElse(null))
                .setEqualTo(spec.equalTo().orElse(null))
                .setNumber(
                        switch (spec.number()) {
                            case LAST -> NumberChoice.LAST;
                            case ONLY -> NumberChoice.ONLY;
                        })
                .setMin(spec.min().orElse(null))
                .setMax(spec.max().orElse(null))
                .build();
    }

    private static ValidatorSpec.Kind kind(ValidatorType type) {
        return switch (type) {
            case REGEX -> ValidatorSpec.Kind.REGEX;
            case CONTAINS -> ValidatorSpec.Kind.CONTAINS;
            case EQUALS -> ValidatorSpec.Kind.EQUALS;
            case JSON_SCHEMA -> ValidatorSpec.Kind.JSON_SCHEMA;
            case NUMERIC_RANGE -> ValidatorSpec.Kind.NUMERIC_RANGE;
            case JSON_PATH -> ValidatorSpec.Kind.JSON_PATH;
            case LENGTH -> ValidatorSpec.Kind.LENGTH;
            case UNKNOWN -> ValidatorSpec.Kind.UNKNOWN;
        };
    }

    private static ValidatorSpec.OnMatch onMatch(MatchEffect effect) {
        return switch (effect) {
            case PASS -> ValidatorSpec.OnMatch.PASS;
            case FAIL -> ValidatorSpec.OnMatch.FAIL;
        };
    }

    private static ValidatorSpec.OnMismatch onMismatch(MismatchEffect effect) {
        return switch (effect) {
            case NONE -> ValidatorSpec.OnMismatch.NONE;
            case PASS -> ValidatorSpec.OnMismatch.PASS;
            case FAIL -> ValidatorSpec.OnMismatch.FAIL;
        };
    }

    private static ValidatorSpec.NumberChoice number(NumberChoice choice) {
        return switch (choice) {
            case LAST -> ValidatorSpec.NumberChoice.LAST;
            case ONLY -> ValidatorSpec.NumberChoice.ONLY;
        };
    }

    /** How a record combines its validators. */
    public static dev.battlestream.policy.ValidatorCombination combination(
            ValidatorCombination combine) {
        return switch (combine) {
            case ANY -> dev.battlestream.policy.ValidatorCombination.ANY;
            case ALL -> dev.battlestream.policy.ValidatorCombination.ALL;
        };
    }

    /** What a record says of it. */
    public static ValidatorCombination combination(
            dev.battlestream.policy.ValidatorCombination combine) {
        return switch (combine) {
            case ANY -> ValidatorCombination.ANY;
            case ALL -> ValidatorCombination.ALL;
        };
    }
}
