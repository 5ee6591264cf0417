package dev.battlestream.judge.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.battlestream.judge.judging.StageVerdict.Asked;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of the answers of the stages. */
class CascadeTest extends CascadeContract {

    /**
     * Every way through the stages. Answers of a model in order; {@code garbage} is one that cannot
     * be used, {@code declined} one that the provider will not give, {@code outage} none at all.
     */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // validators settle it: no model is asked
                "pass |                      | YES       | VALIDATOR | 1    | 1 | 0",
                "fail |                      | NO        | VALIDATOR | 1    | 1 | 0",
                // the fast judge alone
                "     | no                   | NO        | FAST      | 0.8  | 1 | 2",
                "     | uncertain            | UNCERTAIN | FAST      | 0.8  | 1 | 2",
                "     | garbage garbage      | UNCERTAIN | FAST      | 0    | 1 | 4",
                "     | garbage no           | NO        | FAST      | 0.8  | 1 | 4",
                "     | declined             | UNCERTAIN | FAST      | 0    | 1 | 2",
                "     | garbage declined     | UNCERTAIN | FAST      | 0    | 1 | 4",
                "open | no                   | NO        | FAST      | 0.8  | 2 | 2",
                // its yes is confirmed or not
                "     | yes yes              | YES       | STRONG    | 0.911| 2 | 4",
                "     | yes no               | NO        | STRONG    | 0.5  | 2 | 4",
                "     | yes uncertain        | UNCERTAIN | STRONG    | 0.5  | 2 | 4",
                "     | yes garbage garbage  | UNCERTAIN | STRONG    | 0    | 2 | 6",
                "     | yes garbage yes      | YES       | STRONG    | 0.911| 2 | 6",
                "     | yes garbage no       | NO        | STRONG    | 0.5  | 2 | 6",
                "     | yes declined         | UNCERTAIN | STRONG    | 0    | 2 | 4",
                "     | garbage yes yes      | YES       | STRONG    | 0.911| 2 | 6",
                "open | yes yes              | YES       | STRONG    | 0.911| 3 | 4",
                // nobody answers
                "     | outage               | failed    | FAST      |      | 1 | 2",
                "     | garbage outage       | failed    | FAST      |      | 1 | 4",
                "     | yes outage           | failed    | STRONG    |      | 2 | 4",
                "     | yes garbage outage   | failed    | STRONG    |      | 2 | 6",
                "open | yes outage           | failed    | STRONG    |      | 3 | 4"
            })
    void everyPathEndsAsItsAnswersSay(
            String validator,
            String answers,
            String verdict,
            Stage stage,
            Double confidence,
            int stages,
            int calls) {
        Ruling ruling = play(turn("text", validators(validator)), answers == null ? "" : answers);

        assertThat(ruling.stages()).hasSize(stages);
        assertThat(ruling.cost().calls()).isEqualTo(calls);
        switch (ruling) {
            case Ruling.Decided decided -> {
                assertThat(decided.deciding().verdict()).hasToString(verdict);
                assertThat(decided.deciding().stage()).isEqualTo(stage);
                assertThat(decided.confidence()).isEqualTo(confidence, within(0.0005));
            }
            case Ruling.Failed failed -> {
                assertThat("failed").isEqualTo(verdict);
                assertThat(failed.failing()).isEqualTo(stage);
                assertThat(failed.fault()).isEqualTo(Ruling.Fault.JUDGE);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no                  | Because.",
                "garbage garbage     | information unavailable",
                "declined            | information unavailable",
                "yes yes             | Because.",
                "yes no              | The fast judge said yes, the strong judge no: Because.",
                "yes uncertain       | The fast judge said yes, the strong judge is uncertain: Because.",
                "yes garbage garbage | information unavailable"
            })
    void theReasonSaysWhoWasOfWhichMind(String answers, String reason) {
        assertThat(play(turn("text"), answers))
                .isInstanceOfSatisfying(
                        Ruling.Decided.class,
                        decided -> assertThat(decided.reason()).isEqualTo(reason));
    }

    @Test
    void everyStageIsKeptWithHowItWasAsked() {
        Ruling ruling = play(turn("text", validators("open")), "garbage yes yes");

        assertThat(ruling.stages())
                .extracting(StageVerdict::stage)
                .containsExactly(Stage.VALIDATOR, Stage.FAST, Stage.STRONG);
        assertThat(ruling.stages().get(0).asked()).isNull();
        assertThat(ruling.stages().get(0).reason()).isEqualTo("No validator settled the matter.");
        assertThat(ruling.stages().get(1).asked())
                .isEqualTo(new Asked("scripted:judge", "fast/7+repair/9", 2, null));
        assertThat(ruling.stages().get(1).cost()).isEqualTo(COST.plus(COST));
        assertThat(ruling.stages().get(2).asked())
                .isEqualTo(new Asked("scripted:judge", "strong/8", 1, null));
        assertThat(ruling.stages())
                .extracting(StageVerdict::criteria)
                .containsExactly(
                        List.of("validator:contains"),
                        List.of("fast:goal"),
                        List.of("strong:goal"));
        assertThat(ruling.criteria())
                .containsExactly("validator:contains", "fast:goal", "strong:goal");
    }

    /** Each model's verdict with its estimate, in order; {@code -} is an answer without one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "no 0.25                | 0.25",
                "uncertain 0.25         | 0.25",
                "no -                   | none",
                "yes 0.9 yes 0.8        | 0.8",
                "yes 0.9 no 0.25        | 0.25",
                "yes 0.9 uncertain 0.25 | 0.25",
                // confirmed: the two are of one mind
                "yes 0.9 yes -          | 0.9"
            })
    void progressIsThatOfTheLastStageThatGaveOne(String answers, Double progress) {
        assertThat(estimated(answers).progress()).isEqualTo(Optional.ofNullable(progress));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes 0.9 no -", "yes 0.9 uncertain -"})
    void theEstimateBehindAYesThatIsNotConfirmedDoesNotCount(String answers) {
        Ruling ruling = estimated(answers);

        assertThat(ruling.progress()).isEmpty();
        // What the fast judge said is still told.
        assertThat(ruling.stages().getFirst().progress()).contains(0.9);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes garbage garbage", "yes declined", "yes outage"})
    void norDoesItWhenTheStrongJudgeGivesNothingThatCanBeUsed(String answers) {
        assertThat(play(turn("text"), answers).progress()).isEmpty();
    }

    @Test
    void withoutAnEstimateThereIsNoProgress() {
        assertThat(play(turn("text"), "garbage garbage").progress()).isEmpty();
        assertThat(play(turn("text", validators("fail")), "").progress()).isEmpty();
    }

    @Test
    void aModelClaimsMoreThanItIsBelieved() {
        Ruling ruling = decide(turn("text"), new ModelAnswer.Said(answer("no", 1), COST, null));

        assertThat(ruling.stages().getFirst().confidence()).isEqualTo(0.9);
    }
}
