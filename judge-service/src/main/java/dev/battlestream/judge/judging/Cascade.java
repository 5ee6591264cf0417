package dev.battlestream.judge.judging;

import dev.battlestream.judge.judging.JudgingPolicy.ModelJudge;
import dev.battlestream.llm.ModelReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Leads a turn through the stages of judging, as far as needed: validators, then the fast model. A
 * step is data; whoever carries it out hands the model's answer back for the next one.
 */
public final class Cascade {

    private Cascade() {}

    /** The first step for a turn: validators are asked here, since they cost nothing. */
    public static Step begin(TurnToJudge turn, ModelRules rules) {
        return switch (Validators.ask(turn.policy().validators(), turn.text())) {
            case Validators.Outcome.Settled(var criteria, var verdict) ->
                    new Step.Ruled(new Ruling.Decided(criteria, List.of(verdict)));
            case Validators.Outcome.Unusable(var detail) ->
                    new Step.Ruled(refused(Stage.VALIDATOR, List.of(), detail));
            case Validators.Outcome.Unsettled(var criteria) -> askFast(turn, rules, criteria);
        };
    }

    /** The step after a model was asked. */
    public static Step next(Step.Ask asked, ModelAnswer answer) {
        List<StageVerdict> stages = new ArrayList<>(asked.said());
        return switch (answer) {
            case ModelAnswer.Said(String text, var cost) -> {
                JudgeAnswer read = JudgeAnswer.parse(text);
                stages.add(
                        new StageVerdict(
                                asked.stage(),
                                read.verdict(),
                                read.confidence(),
                                read.reason(),
                                asked.model().toString(),
                                cost));
                yield new Step.Ruled(new Ruling.Decided(asked.criteria(), stages));
            }
            case ModelAnswer.Silent(var fault, var detail, var cost) -> {
                stages.add(
                        new StageVerdict(
                                asked.stage(),
                                Verdict.UNCERTAIN,
                                0,
                                detail,
                                asked.model().toString(),
                                cost));
                yield new Step.Ruled(
                        new Ruling.Failed(asked.stage(), asked.criteria(), stages, fault, detail));
            }
        };
    }

    private static Step askFast(TurnToJudge turn, ModelRules rules, List<String> criteria) {
        ModelJudge fast = turn.policy().fast();
        ModelReference model;
        try {
            model =
                    fast.model().isBlank()
                            ? rules.standard()
                            : ModelReference.parse(fast.model().strip());
        } catch (IllegalArgumentException e) {
            return new Step.Ruled(refused(Stage.FAST, criteria, "Judge model: " + e.getMessage()));
        }
        if (!rules.allows(model)) {
            return new Step.Ruled(
                    refused(Stage.FAST, criteria, "The judge model " + model + " is not allowed."));
        }
        List<String> applied = new ArrayList<>(criteria);
        applied.addAll(JudgePrompt.criteria("fast", turn.goal(), fast.rubric()));
        return new Step.Ask(
                Stage.FAST,
                model,
                JudgePrompt.messages(turn.text(), turn.goal(), fast.rubric()),
                applied,
                List.of());
    }

    private static Ruling refused(Stage failing, List<String> criteria, String detail) {
        return new Ruling.Failed(failing, criteria, List.of(), Ruling.Fault.REQUEST, detail);
    }
}
