package dev.battlestream.judge.validation;

import dev.battlestream.policy.ValidatorCombination;
import dev.battlestream.policy.ValidatorRules;
import dev.battlestream.policy.ValidatorSpec;
import dev.battlestream.policy.ValidatorSpec.Kind;
import java.util.ArrayList;
import java.util.List;

/** Asks the validators of a policy, in order, until the matter is settled. */
public final class Validators {

    public static final int MAX_VALIDATORS = 20;

    /** The longest pattern, in characters. */
    static final int MAX_PATTERN = 1_000;

    private Validators() {}

    /** What one validator says. */
    private enum Answer {
        PASS,
        FAIL,
        UNDECIDED
    }

    /** What they say of a message together. */
    public static Validation ask(
            List<ValidatorSpec> specs, ValidatorCombination combine, String text) {
        // All are looked at first: a broken one is reported at the first turn, not at a late one.
        if (specs.size() > MAX_VALIDATORS) {
            return new Validation.Unusable(
                    "There are %d validators, at most %d are allowed."
                            .formatted(specs.size(), MAX_VALIDATORS));
        }
        List<ValidatorRules.Broken> broken =
                ValidatorRules.broken(
                        // A type of a later version settles nothing, whatever else it has.
                        specs.stream()
                                .map(spec -> spec.type() == Kind.UNKNOWN ? NOTHING : spec)
                                .toList(),
                        MAX_PATTERN);
        if (!broken.isEmpty()) {
            return new Validation.Unusable(sentence(broken.getFirst()));
        }
        Message message = new Message(text);
        return switch (combine) {
            case ANY -> any(specs, message);
            case ALL -> all(specs, message);
        };
    }

    private static final ValidatorSpec NOTHING =
            ValidatorSpec.of(Kind.CONTAINS, " ", ValidatorSpec.OnMatch.PASS);

    private static String sentence(ValidatorRules.Broken broken) {
        return broken.place() < 0
                ? "The validators %s.".formatted(broken.rule())
                : "The %s of validator %d %s."
                        .formatted(broken.field(), broken.place() + 1, broken.rule());
    }

    private static Validation any(List<ValidatorSpec> specs, Message message) {
        List<String> criteria = new ArrayList<>();
        for (ValidatorSpec spec : specs) {
            criteria.add(criterion(spec));
            Match match = Checks.match(spec, message);
            Answer answer = answer(spec, match);
            if (answer != Answer.UNDECIDED) {
                return new Validation.Settled(
                        answer == Answer.PASS, criteria, said(criteria.size(), spec, match));
            }
        }
        return new Validation.Undecided(criteria);
    }

    private static Validation all(List<ValidatorSpec> specs, Message message) {
        List<String> criteria = new ArrayList<>();
        boolean allPass = !specs.isEmpty();
        for (ValidatorSpec spec : specs) {
            criteria.add(criterion(spec));
            Match match = Checks.match(spec, message);
            switch (answer(spec, match)) {
                case FAIL -> {
                    return new Validation.Settled(
                            false, criteria, said(criteria.size(), spec, match));
                }
                case UNDECIDED -> allPass = false;
                case PASS -> {
                    // The others have to say so too.
                }
            }
        }
        return allPass
                ? new Validation.Settled(
                        true, criteria, "All %d validators passed.".formatted(specs.size()))
                : new Validation.Undecided(criteria);
    }

    private static Answer answer(ValidatorSpec spec, Match match) {
        return switch (match) {
            case YES ->
                    switch (spec.onMatch()) {
                        case PASS -> Answer.PASS;
                        case FAIL -> Answer.FAIL;
                    };
            case NO ->
                    switch (spec.onMismatch()) {
                        case NONE -> Answer.UNDECIDED;
                        case PASS -> Answer.PASS;
                        case FAIL -> Answer.FAIL;
                    };
            case UNKNOWN -> Answer.UNDECIDED;
        };
    }

    private static String said(int place, ValidatorSpec spec, Match match) {
        return "Validator %d (%s) %s."
                .formatted(
                        place, criterion(spec), match == Match.YES ? "matched" : "did not match");
    }

    private static String criterion(ValidatorSpec spec) {
        return switch (spec.type()) {
            case REGEX -> "validator:regex";
            case CONTAINS -> "validator:contains";
            case EQUALS -> "validator:equals";
            case JSON_SCHEMA -> "validator:jsonSchema";
            case NUMERIC_RANGE -> "validator:numericRange";
            case JSON_PATH -> "validator:jsonPath";
            case LENGTH -> "validator:length";
            case UNKNOWN -> "validator:unknown";
        };
    }
}
