package dev.battlestream.judge.judging;

import dev.battlestream.judge.judging.JudgingPolicy.ModelJudge;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.policy.ValidatorCombination;
import dev.battlestream.policy.ValidatorSpec;
import dev.battlestream.policy.ValidatorSpec.Kind;
import dev.battlestream.policy.ValidatorSpec.OnMatch;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the tests of the cascade share: turns, models that say what they are told to, and how it
 * ends.
 */
abstract class CascadeContract {

    static final ModelReference STANDARD = new ModelReference("scripted", "judge");
    static final ModelRules ANY = new ModelRules(STANDARD, Optional.empty(), Set.of());
    static final Prompts PROMPTS =
            new Prompts(
                    prompt("fast/7", "Judge."),
                    prompt("strong/8", "Be strict."),
                    PromptTemplate.parse("repair/9", "== repair\nNo: {problem}\n"));
    static final StageVerdict.Cost COST =
            new StageVerdict.Cost(90, 20, new BigDecimal("0.002"), Duration.ofMillis(700), 2);

    static final String YES = answer("yes", 0.8);
    static final String GARBAGE = "I think so?";

    static Ruling play(TurnToJudge turn, String answers) {
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

    static Ruling estimated(String answers) {
        List<ModelAnswer> said = new ArrayList<>();
        Iterator<String> words = List.of(answers.split(" ", -1)).iterator();
        while (words.hasNext()) {
            String verdict = words.next();
            String estimate = words.next().replace("-", "null");
            said.add(new ModelAnswer.Said(answer(verdict, 0.8, estimate), COST, null));
        }
        return decide(turn("text"), said.toArray(ModelAnswer[]::new));
    }

    static Ruling decide(TurnToJudge turn, ModelAnswer... answers) {
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

    static String answer(String verdict, double confidence) {
        return answer(verdict, confidence, "0.25");
    }

    static String answer(String verdict, double confidence, String progress) {
        return "{\"verdict\":\"%s\",\"confidence\":%s,\"progress\":%s,\"reason\":\"Because.\"}"
                .formatted(verdict, confidence, progress);
    }

    static ValidatorSpec[] validators(String saying) {
        return switch (saying) {
            case null -> new ValidatorSpec[0];
            case "pass" -> new ValidatorSpec[] {spec(Kind.CONTAINS, "text", OnMatch.PASS)};
            case "fail" -> new ValidatorSpec[] {spec(Kind.CONTAINS, "text", OnMatch.FAIL)};
            default -> new ValidatorSpec[] {spec(Kind.CONTAINS, "other", OnMatch.PASS)};
        };
    }

    static ValidatorSpec spec(Kind kind, String pattern, OnMatch onMatch) {
        return ValidatorSpec.of(kind, pattern, onMatch);
    }

    static Cascade cascade(ModelRules rules) {
        return new Cascade(new Court(rules, PROMPTS));
    }

    static PromptTemplate prompt(String version, String task) {
        return PromptTemplate.parse(
                version,
                "== task\n%s\n== goal\nGoal: {goal}\n== rubric\nRubric: {rubric}\n== nothing\nNo goal.\n== answer\nAnswer.\n"
                        .formatted(task));
    }

    static TurnToJudge turn(String text, ValidatorSpec... validators) {
        return new TurnToJudge(
                "b", 1, text, "Book the flight", policy(List.of(validators), "", ""));
    }

    static TurnToJudge turn(ModelJudge fast, ModelJudge strong) {
        return new TurnToJudge(
                "b",
                1,
                "hello",
                "Book the flight",
                new JudgingPolicy(List.of(), ValidatorCombination.ANY, fast, strong));
    }

    static JudgingPolicy policy(List<ValidatorSpec> validators, String fast, String strong) {
        return new JudgingPolicy(
                validators, ValidatorCombination.ANY, judge(fast, ""), judge(strong, ""));
    }

    static ModelJudge judge(String model, String rubric) {
        return new ModelJudge(model == null ? "" : model, rubric == null ? "" : rubric);
    }

    static Step.Ask asked(Step step) {
        return switch (step) {
            case Step.Ask ask -> ask;
            case Step.Ruled ruled -> throw new AssertionError("Ruled at once: " + ruled);
        };
    }

    static Ruling ruled(Step step) {
        return switch (step) {
            case Step.Ruled(Ruling ruling) -> ruling;
            case Step.Ask ask -> throw new AssertionError("Still asks: " + ask);
        };
    }

    static Ruling.Failed failed(Step step) {
        if (step instanceof Step.Ruled(Ruling.Failed failed)) {
            return failed;
        }
        throw new AssertionError("No failure: " + step);
    }
}
