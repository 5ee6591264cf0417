package dev.battlestream.judge.validation;

import dev.battlestream.policy.ValidatorSpec;
import dev.battlestream.policy.ValidatorSpec.Kind;
import dev.battlestream.policy.ValidatorSpec.NumberChoice;
import dev.battlestream.policy.ValidatorSpec.OnMatch;
import dev.battlestream.policy.ValidatorSpec.OnMismatch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validators that pass on a match and are undecided otherwise, unless they are told more. */
final class Specs {

    private Specs() {}

    static ValidatorSpec regex(String pattern) {
        return ValidatorSpec.of(Kind.REGEX, pattern, OnMatch.PASS);
    }

    static ValidatorSpec contains(String pattern) {
        return ValidatorSpec.of(Kind.CONTAINS, pattern, OnMatch.PASS);
    }

    static ValidatorSpec equalTo(String pattern) {
        return ValidatorSpec.of(Kind.EQUALS, pattern, OnMatch.PASS);
    }

    static ValidatorSpec schema(String schema) {
        return spec(Kind.JSON_SCHEMA, schema, null, null, NumberChoice.LAST, null, null);
    }

    static ValidatorSpec path(String path, @Nullable String equalTo) {
        return spec(Kind.JSON_PATH, null, path, equalTo, NumberChoice.LAST, null, null);
    }

    static ValidatorSpec number(NumberChoice number, @Nullable String min, @Nullable String max) {
        return spec(Kind.NUMERIC_RANGE, null, null, null, number, min, max);
    }

    static ValidatorSpec numberAt(String path, @Nullable String min, @Nullable String max) {
        return spec(Kind.NUMERIC_RANGE, null, path, null, NumberChoice.LAST, min, max);
    }

    static ValidatorSpec length(@Nullable String min, @Nullable String max) {
        return spec(Kind.LENGTH, null, null, null, NumberChoice.LAST, min, max);
    }

    static ValidatorSpec with(ValidatorSpec spec, OnMatch onMatch, OnMismatch onMismatch) {
        return new ValidatorSpec(
                spec.type(),
                spec.pattern(),
                onMatch,
                onMismatch,
                spec.jsonSchema(),
                spec.path(),
                spec.equalTo(),
                spec.number(),
                spec.min(),
                spec.max());
    }

    private static ValidatorSpec spec(
            Kind kind,
            @Nullable String schema,
            @Nullable String path,
            @Nullable String equalTo,
            NumberChoice number,
            @Nullable String min,
            @Nullable String max) {
        return new ValidatorSpec(
                kind,
                "",
                OnMatch.PASS,
                OnMismatch.NONE,
                Optional.ofNullable(schema),
                Optional.ofNullable(path),
                Optional.ofNullable(equalTo),
                number,
                Optional.ofNullable(min),
                Optional.ofNullable(max));
    }
}
