package dev.battlestream.runner.battle;

import static dev.battlestream.runner.battle.BattleExamples.request;
import static dev.battlestream.runner.battle.BattleExamples.requested;
import static dev.battlestream.runner.battle.BattleExamples.turn;
import static dev.battlestream.runner.battle.BattleExamples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.runner.battle.BattleInput.Ruling;
import dev.battlestream.runner.battle.Decision.End;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlateauTest {

    private Battle battle = Battle.UNKNOWN;

    /** Estimates of progress in order, - for none; a plateau is 3 of them without improvement. */
    @ParameterizedTest
    @CsvSource({
        "0 0 0, PLATEAU, 3",
        "0 0 0.1 0 0, , 5",
        "0.1 0.1 0.1 0.1, PLATEAU, 4",
        "0.1 0.12 0.12 0.11, PLATEAU, 4",
        "0.1 0.13 0.13 0.13, , 4",
        "0.5 0.4 0.3 0.51, PLATEAU, 4",
        "0.1 0.2 0.3 0.4 0.5 0.6, , 6",
        "- - - - - -, , 6",
        "0.3 - 0.3 - - 0.3 0.3, PLATEAU, 7",
        "0.3 0.3 - 0.3 -, , 5",
        "0.01 0.02 0.03 0.04 0.05, , 5"
    })
    void aPlateauIsSoManyEstimatesWithoutAnImprovement(
            String estimates, @Nullable EndReason reason, int turns) {
        given(requested(request(25, false, null, 3)));

        List<Outcome> ended = estimated(estimates);

        assertThat(ended)
                .extracting(Outcome::reason)
                .isEqualTo(reason == null ? List.of() : List.of(reason));
        assertThat(ended)
                .allSatisfy(outcome -> assertThat(outcome.progress().verdicts()).isEqualTo(turns));
    }

    @Test
    void withoutAPlateauToStopAtNothingStops() {
        given(requested(request(25)));

        assertThat(estimated("0 0 0 0 0 0 0 0 0 0")).isEmpty();
    }

    @Test
    void theGoalAndTheLimitGoBeforeAPlateau() {
        given(
                requested(request(3, false, null, 3)),
                turn(1),
                verdict(1, Ruling.NO, 0.0),
                turn(2),
                verdict(2, Ruling.NO, 0.0),
                turn(3));

        assertThat(outcomeOf(when(verdict(3, Ruling.NO, 0.0))).reason()).isEqualTo(EndReason.LIMIT);
        assertThat(outcomeOf(when(verdict(3, Ruling.YES, 0.0))).reason()).isEqualTo(EndReason.GOAL);
    }

    @Test
    void aPlateauGoesBeforeTheBudgetForItAsksForNothingMore() {
        given(
                requested(request(25, false, "0.04", 2)),
                turn(1),
                verdict(1, Ruling.NO, 0.0),
                turn(2));

        assertThat(outcomeOf(when(verdict(2, Ruling.NO, 0.0))).reason())
                .isEqualTo(EndReason.PLATEAU);
    }

    private List<Outcome> estimated(String estimates) {
        List<Outcome> ended = new ArrayList<>();
        int turn = 0;
        for (String estimate : estimates.split(" ", -1)) {
            given(turn(++turn));
            Decision decision =
                    when(
                            verdict(
                                    turn,
                                    Ruling.NO,
                                    estimate.equals("-") ? null : Double.valueOf(estimate)));
            battle = decision.battle();
            decision.actions().stream()
                    .filter(End.class::isInstance)
                    .map(End.class::cast)
                    .forEach(end -> ended.add(end.outcome()));
        }
        return ended;
    }

    private void given(BattleInput... inputs) {
        for (BattleInput input : inputs) {
            battle = BattleDecider.decide(battle, input).battle();
        }
    }

    /** The state stays, so that several may be tried. */
    private Decision when(BattleInput input) {
        return BattleDecider.decide(battle, input);
    }

    private static Outcome outcomeOf(Decision decision) {
        return decision.actions().stream()
                .filter(End.class::isInstance)
                .map(action -> ((End) action).outcome())
                .findFirst()
                .orElseThrow();
    }
}
