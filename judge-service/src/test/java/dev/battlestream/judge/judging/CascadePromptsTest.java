package dev.battlestream.judge.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a model is shown. */
class CascadePromptsTest extends CascadeContract {

    @Test
    void theFastModelIsShownTheTextAsDataAndNothingElse() {
        Step.Ask ask = asked(cascade(ANY).begin(turn("hello")));

        assertThat(ask.stage()).isEqualTo(Stage.FAST);
        assertThat(ask.model()).isEqualTo(STANDARD);
        assertThat(ask.messages())
                .containsExactly(
                        new ChatMessage(Role.SYSTEM, "Judge.\nGoal: Book the flight\nAnswer.\n"),
                        new ChatMessage(Role.USER, "{\"agentMessage\":\"hello\"}"));
    }

    @Test
    void aRepairShowsTheModelItsAnswerAndWhatIsWrongWithIt() {
        TurnToJudge turn = turn("hello");
        Step.Ask ask = asked(cascade(ANY).begin(turn));

        Step.Ask again =
                asked(cascade(ANY).next(turn, ask, new ModelAnswer.Said(GARBAGE, COST, null)));

        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.model()).isEqualTo(ask.model());
        assertThat(again.messages().subList(0, 2)).isEqualTo(ask.messages());
        assertThat(again.messages().subList(2, 4))
                .containsExactly(
                        new ChatMessage(Role.ASSISTANT, GARBAGE),
                        new ChatMessage(
                                Role.USER, "No: It is not one JSON object and nothing else.\n"));
    }

    @Test
    void aLongOrEmptyAnswerIsShownWithinBounds() {
        TurnToJudge turn = turn("hello");
        Step.Ask ask = asked(cascade(ANY).begin(turn));

        Step.Ask afterLong =
                asked(
                        cascade(ANY)
                                .next(
                                        turn,
                                        ask,
                                        new ModelAnswer.Said("x".repeat(9_000), COST, null)));
        Step.Ask afterNone =
                asked(cascade(ANY).next(turn, ask, new ModelAnswer.Said("", COST, null)));

        assertThat(afterLong.messages().get(2).content()).hasSize(2_000);
        assertThat(afterNone.messages().get(2).content()).isEqualTo("(no text)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-      | -       | Be strict.;Goal: Book the flight;Answer.",
                "polite | -       | Be strict.;Goal: Book the flight;Rubric: polite;Answer.",
                "polite | precise | Be strict.;Goal: Book the flight;Rubric: precise;Answer."
            })
    void theStrongJudgeGoesByItsOwnRubricElseByThatOfTheFastOne(
            String fast, String strong, String system) {
        TurnToJudge turn = turn(judge("", fast), judge("", strong));
        Step.Ask first = asked(cascade(ANY).begin(turn));

        Step.Ask second =
                asked(cascade(ANY).next(turn, first, new ModelAnswer.Said(YES, COST, null)));

        assertThat(second.messages().getFirst().content().strip())
                .isEqualTo(system.replace(';', '\n'));
    }

    @Test
    void withoutAGoalTheModelIsAskedAllTheSame() {
        Step.Ask ask =
                asked(
                        cascade(ANY)
                                .begin(
                                        new TurnToJudge(
                                                "b", 1, "hello", " ", policy(List.of(), "", ""))));

        assertThat(ask.criteria()).containsExactly("fast:no-goal");
        assertThat(ask.messages().getFirst().content()).contains("No goal.");
    }
}
