package dev.battlestream.judge.judging.adapter;

import dev.battlestream.events.MatchEffect;
import dev.battlestream.events.MismatchEffect;
import dev.battlestream.events.NumberChoice;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.ValidatorCombination;
import dev.battlestream.events.ValidatorType;
import dev.battlestream.judge.judging.JudgingPolicy;
import dev.battlestream.judge.judging.JudgingPolicy.ModelJudge;
import dev.battlestream.judge.judging.TurnToJudge;
import dev.battlestream.policy.ValidatorSpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a turn is judged by, from the contract's record. */
final class PolicyAvro {

    private PolicyAvro() {}

    static TurnToJudge toJudge(TurnProduced turn) {
        return new TurnToJudge(
                turn.getBattleId(),
                turn.getTurn(),
                turn.getContent(),
                turn.getGoal(),
                policy(turn.getJudging()));
    }

    private static JudgingPolicy policy(dev.battlestream.events.JudgingPolicy policy) {
        return new JudgingPolicy(
                policy.getValidators().stream().map(PolicyAvro::validator).toList(),
                combine(policy.getCombine()),
                judge(policy.getFast()),
                judge(policy.getStrong()));
    }

    private static ModelJudge judge(dev.battlestream.events.@Nullable ModelJudge judge) {
        return judge == null
                ? ModelJudge.DEFAULT
                : new ModelJudge(judge.getModel(), judge.getRubric());
    }

    private static dev.battlestream.policy.ValidatorCombination combine(
            ValidatorCombination combine) {
        return switch (combine) {
            case ANY -> dev.battlestream.policy.ValidatorCombination.ANY;
            case ALL -> dev.battlestream.policy.ValidatorCombination.ALL;
        };
    }

    private static ValidatorSpec validator(dev.battlestream.events.Validator validator) {
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
}
