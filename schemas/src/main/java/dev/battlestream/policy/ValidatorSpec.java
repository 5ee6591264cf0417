package dev.battlestream.policy;

import java.util.Optional;

/**
 * A deterministic check as somebody asks for it; {@link ValidatorRules} says whether it makes
 * sense. The contract documents each field.
 */
public record ValidatorSpec(
        Kind type,
        String pattern,
        OnMatch onMatch,
        OnMismatch onMismatch,
        Optional<String> jsonSchema,
        Optional<String> path,
        Optional<String> equalTo,
        NumberChoice number,
        Optional<String> min,
        Optional<String> max) {

    /** What is looked at. */
    public enum Kind {
        REGEX,
        CONTAINS,
        EQUALS,
        JSON_SCHEMA,
        NUMERIC_RANGE,
        JSON_PATH,
        LENGTH,
        UNKNOWN
    }

    /** What a match settles. */
    public enum OnMatch {
        PASS,
        FAIL
    }

    /** What it settles that there is no match. */
    public enum OnMismatch {
        NONE,
        PASS,
        FAIL
    }

    /** Which number of a text is meant. */
    public enum NumberChoice {
        LAST,
        ONLY
    }

    /** A check by a pattern, undecided without a match. */
    public static ValidatorSpec of(Kind type, String pattern, OnMatch onMatch) {
        return new ValidatorSpec(
                type,
                pattern,
                onMatch,
                OnMismatch.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NumberChoice.LAST,
                Optional.empty(),
                Optional.empty());
    }

    /** Sizes only: patterns are contents, which do not belong in logs. */
    @Override
    public String toString() {
        return "ValidatorSpec[type=%s, onMatch=%s, onMismatch=%s, pattern=%d characters]"
                .formatted(type, onMatch, onMismatch, pattern.length());
    }
}
