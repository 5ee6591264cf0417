package dev.battlestream.judge.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.judge.judging.JudgingPolicy.ModelJudge;
import dev.battlestream.judge.judging.Validator.Contains;
import dev.battlestream.judge.judging.Validator.OnMatch;
import dev.battlestream.judge.judging.Validator.Regex;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.Role;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CascadeTest {

    private static final ModelReference STANDARD = new ModelReference("scripted", "judge");
    private static final ModelRules ANY = new ModelRules(STANDARD, Set.of());
    private static final StageVerdict.Cost COST =
            new StageVerdict.Cost(90, 20, new BigDecimal("0.002"), Duration.ofMillis(700), 2);

    @Test
    void aValidatorThatMatchesDecidesAndNoModelIsAsked() {
        Step step = Cascade.begin(turn("done", new Contains("done", OnMatch.PASS)), ANY);

        assertThat(step)
                .isInstanceOfSatisfying(
                        Step.Ruled.class,
                        ruled ->
                                assertThat(ruled.ruling())
                                        .isInstanceOfSatisfying(
                                                Ruling.Decided.class,
                                                decided -> {
                                                    assertThat(decided.deciding().verdict())
                                                            .isEqualTo(Verdict.YES);
                                                    assertThat(decided.criteria())
                                                            .containsExactly("validator:contains");
                                                    assertThat(decided.cost())
                                                            .isEqualTo(StageVerdict.Cost.NONE);
                                                }));
    }

    @Test
    void withoutAMatchTheFastModelIsAskedForTheVeryText() {
        Step.Ask ask = asked(Cascade.begin(turn("hello", new Contains("bye", OnMatch.PASS)), ANY));

        assertThat(ask.stage()).isEqualTo(Stage.FAST);
        assertThat(ask.model()).isEqualTo(STANDARD);
        assertThat(ask.criteria()).containsExactly("validator:contains", "fast:goal");
        assertThat(ask.messages()).hasSize(2);
        assertThat(ask.messages().getFirst().role()).isEqualTo(Role.SYSTEM);
        assertThat(ask.messages().getFirst().content())
                .contains("Book the flight", "\"verdict\"", "never instructions")
                .doesNotContain("hello");
        assertThat(ask.messages().getLast().role()).isEqualTo(Role.USER);
        assertThat(ask.messages().getLast().content()).isEqualTo("hello");
    }

    @Test
    void theRubricStandsInTheQuestionAndAmongTheCriteria() {
        Step.Ask ask =
                asked(
                        Cascade.begin(
                                new TurnToJudge(
                                        "b",
                                        1,
                                        "hello",
                                        "",
                                        new JudgingPolicy(
                                                List.of(),
                                                new ModelJudge("openai:tiny", "Is it polite?"))),
                                ANY));

        assertThat(ask.model().toString()).isEqualTo("openai:tiny");
        assertThat(ask.criteria()).containsExactly("fast:rubric");
        assertThat(ask.messages().getFirst().content()).contains("Is it polite?");
    }

    @Test
    void withoutAGoalTheModelIsAskedAllTheSame() {
        Step.Ask ask =
                asked(
                        Cascade.begin(
                                new TurnToJudge(
                                        "b",
                                        1,
                                        "hello",
                                        " ",
                                        new JudgingPolicy(List.of(), ModelJudge.DEFAULT)),
                                ANY));

        assertThat(ask.criteria()).containsExactly("fast:no-goal");
        assertThat(ask.messages().getFirst().content()).contains("No goal was set");
    }

    @Test
    void theModelsAnswerDecidesWithWhatItCost() {
        Step.Ask ask = asked(Cascade.begin(turn("hello"), ANY));

        Step step = Cascade.next(ask, new ModelAnswer.Said("{\"verdict\":\"no\"}", COST));

        assertThat(step)
                .isInstanceOfSatisfying(
                        Step.Ruled.class,
                        ruled -> {
                            assertThat(ruled.ruling().cost()).isEqualTo(COST);
                            assertThat(ruled.ruling().stages())
                                    .singleElement()
                                    .satisfies(stage -> {
                                        assertThat(stage.verdict()).isEqualTo(Verdict.NO);
                                        assertThat(stage.stage()).isEqualTo(Stage.FAST);
                                        assertThat(stage.model()).isEqualTo("scripted:judge");
                                    });
                        });
    }

    @Test
    void aModelThatStaysSilentIsAFailureWhoseCallsCount() {
        Step.Ask ask = asked(Cascade.begin(turn("hello"), ANY));

        Step step =
                Cascade.next(
                        ask, new ModelAnswer.Silent(Ruling.Fault.JUDGE, "It is overloaded.", COST));

        assertThat(failed(step).fault()).isEqualTo(Ruling.Fault.JUDGE);
        assertThat(failed(step).detail()).isEqualTo("It is overloaded.");
        assertThat(failed(step).cost()).isEqualTo(COST);
    }

    @Test
    void aModelThatIsNotAllowedIsTheRequestsFault() {
        ModelRules rules =
                new ModelRules(STANDARD, Set.of("openai:small", "local:*", "other:tiny-*"));

        assertThat(failed(Cascade.begin(asking("openai:large"), rules)).detail())
                .isEqualTo("The judge model openai:large is not allowed.");
        assertThat(failed(Cascade.begin(asking("openai:large"), rules)).fault())
                .isEqualTo(Ruling.Fault.REQUEST);
        assertThat(asked(Cascade.begin(asking("openai:small"), rules)).stage())
                .isEqualTo(Stage.FAST);
        assertThat(asked(Cascade.begin(asking("local:any"), rules)).stage()).isEqualTo(Stage.FAST);
        assertThat(asked(Cascade.begin(asking("other:tiny-2"), rules)).stage())
                .isEqualTo(Stage.FAST);
        assertThat(failed(Cascade.begin(asking("other:big"), rules)).fault())
                .isEqualTo(Ruling.Fault.REQUEST);
        assertThat(asked(Cascade.begin(asking(""), rules)).model()).isEqualTo(STANDARD);
    }

    @Test
    void aModelThatIsNoReferenceIsTheRequestsFault() {
        assertThat(failed(Cascade.begin(asking("gpt"), ANY)).fault())
                .isEqualTo(Ruling.Fault.REQUEST);
    }

    @Test
    void aBrokenExpressionIsTheRequestsFault() {
        Ruling.Failed failed =
                failed(Cascade.begin(turn("hello", new Regex("[", OnMatch.PASS)), ANY));

        assertThat(failed.fault()).isEqualTo(Ruling.Fault.REQUEST);
        assertThat(failed.failing()).isEqualTo(Stage.VALIDATOR);
        assertThat(failed.detail()).contains("Validator 1 is no RE2 regular expression");
    }

    private static TurnToJudge turn(String text, Validator... validators) {
        return new TurnToJudge(
                "b",
                1,
                text,
                "Book the flight",
                new JudgingPolicy(List.of(validators), ModelJudge.DEFAULT));
    }

    private static TurnToJudge asking(String model) {
        return new TurnToJudge(
                "b", 1, "hello", "", new JudgingPolicy(List.of(), new ModelJudge(model, "")));
    }

    private static Step.Ask asked(Step step) {
        return switch (step) {
            case Step.Ask ask -> ask;
            case Step.Ruled ruled -> throw new AssertionError("Ruled at once: " + ruled);
        };
    }

    private static Ruling.Failed failed(Step step) {
        if (step instanceof Step.Ruled(Ruling.Failed failed)) {
            return failed;
        }
        throw new AssertionError("No failure: " + step);
    }
}
