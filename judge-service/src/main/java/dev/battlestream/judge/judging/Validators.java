package dev.battlestream.judge.judging;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.battlestream.policy.RegexCost;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks the validators of a policy, in order, until one settles the matter. Regular expressions run
 * in linear time, and only up to a cost in all, so that none can hold the judge up.
 */
final class Validators {

    static final int MAX_VALIDATORS = 20;

    /** The longest pattern, in characters. */
    static final int MAX_PATTERN = 1_000;

    private Validators() {}

    /** What the validators said. */
    sealed interface Outcome {

        /** The last one of the criteria matched. */
        record Settled(List<String> criteria, StageVerdict verdict) implements Outcome {}

        /** None matched. */
        record Unsettled(List<String> criteria) implements Outcome {}

        /** They cannot be asked. */
        record Unusable(String detail) implements Outcome {}
    }

    static Outcome ask(List<Validator> validators, String text) {
        // All are looked at first: a broken one is reported at the first turn, not at a late one.
        // Sizes go before everything else, because what comes then takes time by them.
        Optional<Outcome> tooLarge = tooLarge(validators);
        if (tooLarge.isPresent()) {
            return tooLarge.get();
        }
        Optional<Outcome> tooCostly = tooCostly(validators);
        if (tooCostly.isPresent()) {
            return tooCostly.get();
        }
        List<Check> checks = new ArrayList<>();
        for (Validator validator : validators) {
            try {
                checks.add(check(validator));
            } catch (PatternSyntaxException e) {
                return new Outcome.Unusable(
                        "Validator %d is no RE2 regular expression: %s."
                                .formatted(checks.size() + 1, e.getDescription()));
            }
        }
        return firstMatch(validators, checks, text);
    }

    private static Outcome firstMatch(List<Validator> validators, List<Check> checks, String text) {
        List<String> criteria = new ArrayList<>();
        for (int i = 0; i < checks.size(); i++) {
            Validator validator = validators.get(i);
            criteria.add(validator.criterion());
            if (checks.get(i).matches(text)) {
                return new Outcome.Settled(criteria, matched(i + 1, validator));
            }
        }
        return new Outcome.Unsettled(criteria);
    }

    private static StageVerdict matched(int place, Validator validator) {
        return new StageVerdict(
                Stage.VALIDATOR,
                validator.onMatch().verdict(),
                1.0,
                "Validator %d (%s) matched.".formatted(place, validator.criterion()),
                null,
                StageVerdict.Cost.NONE);
    }

    private static Optional<Outcome> tooLarge(List<Validator> validators) {
        if (validators.size() > MAX_VALIDATORS) {
            return unusable(
                    "There are %d validators, at most %d are allowed."
                            .formatted(validators.size(), MAX_VALIDATORS));
        }
        for (int i = 0; i < validators.size(); i++) {
            int length = validators.get(i).pattern().length();
            if (length > MAX_PATTERN) {
                return unusable(
                        "The pattern of validator %d has %d characters, at most %d are allowed."
                                .formatted(i + 1, length, MAX_PATTERN));
            }
        }
        return Optional.empty();
    }

    private static Optional<Outcome> unusable(String detail) {
        return Optional.of(new Outcome.Unusable(detail));
    }

    private static Optional<Outcome> tooCostly(List<Validator> validators) {
        long cost =
                validators.stream()
                        .mapToLong(
                                v -> v instanceof Validator.Regex r ? RegexCost.of(r.pattern()) : 0)
                        .sum();
        return cost <= RegexCost.MAX_PER_POLICY
                ? Optional.empty()
                : unusable(
                        "The regular expressions of the validators are too costly: about %d steps, at most %d are allowed."
                                .formatted(cost, RegexCost.MAX_PER_POLICY));
    }

    /** A validator that is ready to be asked. */
    @FunctionalInterface
    private interface Check {
        boolean matches(String text);
    }

    private static Check check(Validator validator) {
        return switch (validator) {
            case Validator.Regex(String pattern, _) -> {
                Pattern compiled = Pattern.compile(pattern);
                yield text -> compiled.matcher(text).find();
            }
            case Validator.Contains(String wanted, _) -> text -> text.contains(wanted);
            case Validator.Equals(String wanted, _) -> text -> text.strip().equals(wanted);
            case Validator.Unknown _ -> _ -> false;
        };
    }
}
