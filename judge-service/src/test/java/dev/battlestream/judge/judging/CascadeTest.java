package dev.battlestream.judge.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.battlestream.judge.judging.JudgingPolicy.ModelJudge;
import dev.battlestream.judge.judging.StageVerdict.Asked;
import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.Role;
import dev.battlestream.policy.ValidatorCombination;
import dev.battlestream.policy.ValidatorSpec;
import dev.battlestream.policy.ValidatorSpec.Kind;
import dev.battlestream.policy.ValidatorSpec.OnMatch;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CascadeTest {

    private static final ModelReference STANDARD = new ModelReference("scripted", "judge");
    private static final ModelRules ANY = new ModelRules(STANDARD, Optional.empty(), Set.of());
    private static final Prompts PROMPTS =
            new Prompts(
                    prompt("fast/7", "Judge."),
                    prompt("strong/8", "Be strict."),
                    PromptTemplate.parse("repair/9", "== repair\nNo: {problem}\n"));
    private static final StageVerdict.Cost COST =
            new StageVerdict.Cost(90, 20, new BigDecimal("0.002"), Duration.ofMillis(700), 2);

    private static final String YES = answer("yes", 0.8);
    private static final String GARBAGE = "I think so?";

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
                // the policy's fast and strong, the operator's strong | who is asked, who confirms
                "-          | -           | -           | scripted:judge | scripted:judge",
                "openai:s   | -           | -           | openai:s       | openai:s",
                "openai:s   | -           | openai:big  | openai:s       | openai:big",
                "openai:s   | openai:l    | openai:big  | openai:s       | openai:l",
                "-          | openai:l    | -           | scripted:judge | openai:l"
            })
    void thePolicyNamesTheModelsElseTheOperatorElseTheSameOneConfirms(
            String fast, String strong, String operator, String asked, String confirms) {
        Cascade cascade =
                cascade(
                        new ModelRules(
                                STANDARD,
                                Optional.ofNullable(operator).map(ModelReference::parse),
                                Set.of()));
        TurnToJudge turn = turn(judge(fast, ""), judge(strong, ""));

        Step.Ask first = asked(cascade.begin(turn));
        Step.Ask second = asked(cascade.next(turn, first, new ModelAnswer.Said(YES, COST, null)));

        assertThat(first.model()).hasToString(asked);
        assertThat(second.model()).hasToString(confirms);
        assertThat(second.stage()).isEqualTo(Stage.STRONG);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // who answered for the fast and for the strong judge, whether they are two
                "-, -, true",
                "-, spare:x, true",
                "spare:x, spare:x, false",
                "-, openai:s, false",
                "openai:l, -, false"
            })
    void twoJudgesAreTwoOnlyWhereTwoModelsAnswered(String first, String second, boolean two) {
        TurnToJudge turn = turn(judge("openai:s", ""), judge("openai:l", ""));
        Cascade cascade = cascade(ANY);
        Step.Ask fast = asked(cascade.begin(turn));
        Step.Ask strong = asked(cascade.next(turn, fast, new ModelAnswer.Said(YES, COST, first)));

        Ruling ruling = ruled(cascade.next(turn, strong, new ModelAnswer.Said(YES, COST, second)));

        assertThat(ruling.stages())
                .extracting(StageVerdict::answering)
                .containsExactly(
                        Objects.toString(first, "openai:s"), Objects.toString(second, "openai:l"));
        assertThat(((Ruling.Decided) ruling).confidence())
                .isEqualTo(Confidence.ofAgreement(0.8, 0.8, two));
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

    @ParameterizedTest
    @CsvSource({
        "openai:large, '', The judge model openai:large is not allowed.",
        "'', openai:large, The judge model openai:large is not allowed.",
        "openai:small, other:big, The judge model other:big is not allowed.",
        "gpt, '', Judge model"
    })
    void aModelThatMayNotJudgeIsTheRequestsFaultBeforeAnythingIsPaid(
            String fast, String strong, String detail) {
        ModelRules rules =
                new ModelRules(
                        STANDARD,
                        Optional.of(ModelReference.parse("own:strong")),
                        Set.of("openai:small", "local:*", "other:tiny-*"));

        Step step = cascade(rules).begin(turn(judge(fast, ""), judge(strong, "")));

        assertThat(failed(step).fault()).isEqualTo(Ruling.Fault.REQUEST);
        assertThat(failed(step).detail()).startsWith(detail);
        assertThat(failed(step).cost()).isEqualTo(StageVerdict.Cost.NONE);
    }

    @ParameterizedTest
    @CsvSource({"openai:small, local:any", "other:tiny-2, own:strong", "scripted:judge, ''"})
    void anAllowedModelIsAsked(String fast, String strong) {
        ModelRules rules =
                new ModelRules(
                        STANDARD,
                        Optional.of(ModelReference.parse("own:strong")),
                        Set.of("openai:small", "local:*", "other:tiny-*"));

        assertThat(asked(cascade(rules).begin(turn(judge(fast, ""), judge(strong, "")))).stage())
                .isEqualTo(Stage.FAST);
    }

    @Test
    void aBrokenValidatorIsTheRequestsFault() {
        Ruling.Failed failed =
                failed(cascade(ANY).begin(turn("hello", spec(Kind.REGEX, "[", OnMatch.PASS))));

        assertThat(failed.fault()).isEqualTo(Ruling.Fault.REQUEST);
        assertThat(failed.failing()).isEqualTo(Stage.VALIDATOR);
        assertThat(failed.detail())
                .contains("The pattern of validator 1 is no RE2 regular expression");
    }

    // ---- playing a turn

    private static Ruling play(TurnToJudge turn, String answers) {
        List<ModelAnswer> said = new ArrayList<>();
        for (String word : answers.isBlank() ? new String[0] : answers.split(" ", -1)) {
            said.add(
                    switch (word) {
                        case "garbage" -> new ModelAnswer.Said(GARBAGE, COST, null);
                        case "declined" -> new ModelAnswer.Declined(COST);
                        case "outage" ->
                                new ModelAnswer.Silent(
                                        Ruling.Fault.JUDGE, "It is overloaded.", COST);
                        default -> new ModelAnswer.Said(answer(word, 0.8), COST, null);
                    });
        }
        return decide(turn, said.toArray(ModelAnswer[]::new));
    }

    private static Ruling estimated(String answers) {
        List<ModelAnswer> said = new ArrayList<>();
        Iterator<String> words = List.of(answers.split(" ", -1)).iterator();
        while (words.hasNext()) {
            String verdict = words.next();
            String estimate = words.next().replace("-", "null");
            said.add(new ModelAnswer.Said(answer(verdict, 0.8, estimate), COST, null));
        }
        return decide(turn("text"), said.toArray(ModelAnswer[]::new));
    }

    private static Ruling decide(TurnToJudge turn, ModelAnswer... answers) {
        Cascade cascade = cascade(ANY);
        Step step = cascade.begin(turn);
        for (ModelAnswer answer : answers) {
            step = cascade.next(turn, asked(step), answer);
        }
        return switch (step) {
            case Step.Ruled(Ruling ruling) -> ruling;
            case Step.Ask ask -> throw new AssertionError("One answer more: " + ask.stage());
        };
    }

    private static String answer(String verdict, double confidence) {
        return answer(verdict, confidence, "0.25");
    }

    private static String answer(String verdict, double confidence, String progress) {
        return "{\"verdict\":\"%s\",\"confidence\":%s,\"progress\":%s,\"reason\":\"Because.\"}"
                .formatted(verdict, confidence, progress);
    }

    private static ValidatorSpec[] validators(String saying) {
        return switch (saying) {
            case null -> new ValidatorSpec[0];
            case "pass" -> new ValidatorSpec[] {spec(Kind.CONTAINS, "text", OnMatch.PASS)};
            case "fail" -> new ValidatorSpec[] {spec(Kind.CONTAINS, "text", OnMatch.FAIL)};
            default -> new ValidatorSpec[] {spec(Kind.CONTAINS, "other", OnMatch.PASS)};
        };
    }

    private static ValidatorSpec spec(Kind kind, String pattern, OnMatch onMatch) {
        return ValidatorSpec.of(kind, pattern, onMatch);
    }

    private static Cascade cascade(ModelRules rules) {
        return new Cascade(new Court(rules, PROMPTS));
    }

    private static PromptTemplate prompt(String version, String task) {
        return PromptTemplate.parse(
                version,
                "== task\n%s\n== goal\nGoal: {goal}\n== rubric\nRubric: {rubric}\n== nothing\nNo goal.\n== answer\nAnswer.\n"
                        .formatted(task));
    }

    private static TurnToJudge turn(String text, ValidatorSpec... validators) {
        return new TurnToJudge(
                "b", 1, text, "Book the flight", policy(List.of(validators), "", ""));
    }

    private static TurnToJudge turn(ModelJudge fast, ModelJudge strong) {
        return new TurnToJudge(
                "b",
                1,
                "hello",
                "Book the flight",
                new JudgingPolicy(List.of(), ValidatorCombination.ANY, fast, strong));
    }

    private static JudgingPolicy policy(
            List<ValidatorSpec> validators, String fast, String strong) {
        return new JudgingPolicy(
                validators, ValidatorCombination.ANY, judge(fast, ""), judge(strong, ""));
    }

    private static ModelJudge judge(String model, String rubric) {
        return new ModelJudge(model == null ? "" : model, rubric == null ? "" : rubric);
    }

    private static Step.Ask asked(Step step) {
        return switch (step) {
            case Step.Ask ask -> ask;
            case Step.Ruled ruled -> throw new AssertionError("Ruled at once: " + ruled);
        };
    }

    private static Ruling ruled(Step step) {
        return switch (step) {
            case Step.Ruled(Ruling ruling) -> ruling;
            case Step.Ask ask -> throw new AssertionError("Still asks: " + ask);
        };
    }

    private static Ruling.Failed failed(Step step) {
        if (step instanceof Step.Ruled(Ruling.Failed failed)) {
            return failed;
        }
        throw new AssertionError("No failure: " + step);
    }
}
