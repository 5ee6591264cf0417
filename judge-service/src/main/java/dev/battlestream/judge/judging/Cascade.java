package dev.battlestream.judge.judging;

import dev.battlestream.judge.judging.JudgeAnswer.Reading;
import dev.battlestream.judge.judging.JudgingPolicy.ModelJudge;
import dev.battlestream.judge.judging.StageVerdict.Asked;
import dev.battlestream.judge.judging.StageVerdict.Cost;
import dev.battlestream.judge.validation.Validation;
import dev.battlestream.judge.validation.Validators;
import dev.battlestream.llm.ModelReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leads a turn through the stages of judging, as far as needed. A step is data; whoever carries it
 * out hands the model's answer back for the next one.
 *
 * <pre>
 *   validators ──pass──▶ yes        fast ──no────────▶ no          strong ──yes───────▶ yes
 *        │ ╲──fail─────▶ no          │ ╲──uncertain──▶ uncertain     │ ╲───no─────────▶ no
 *        ╰─undecided──▶ fast         ╰────yes────────▶ strong        ╰─────uncertain──▶ uncertain
 * </pre>
 *
 * <p>An answer that cannot be used is asked for once more; what cannot be used then is uncertain. A
 * model that cannot be reached is a failure at every stage.
 */
public final class Cascade {

    /** The reason of a stage whose model gave nothing that can be used; part of the contract. */
    public static final String INFORMATION_UNAVAILABLE = "information unavailable";

    private static final int LAST_ATTEMPT = 2;

    private final Court court;

    public Cascade(Court court) {
        this.court = court;
    }

    /** The first step for a turn: validators are asked here, since they cost nothing. */
    public Step begin(TurnToJudge turn) {
        JudgingPolicy policy = turn.policy();
        return switch (Validators.ask(policy.validators(), policy.combine(), turn.text())) {
            case Validation.Settled(boolean passed, var criteria, var reason) ->
                    new Step.Ruled(
                            Ruling.Decided.byLast(
                                    List.of(
                                            validators(
                                                    passed ? Verdict.YES : Verdict.NO,
                                                    Confidence.OF_VALIDATORS,
                                                    reason,
                                                    criteria))));
            case Validation.Unusable(var detail) -> refused(Stage.VALIDATOR, List.of(), detail);
            case Validation.Undecided(var criteria) ->
                    askFast(
                            turn,
                            criteria.isEmpty()
                                    ? List.of()
                                    : List.of(
                                            validators(
                                                    Verdict.UNCERTAIN,
                                                    0,
                                                    "No validator settled the matter.",
                                                    criteria)));
        };
    }

    /** The step after a model was asked about a turn. */
    public Step next(TurnToJudge turn, Step.Ask asked, ModelAnswer answer) {
        return switch (answer) {
            case ModelAnswer.Said(String text, var cost, var answeredBy) ->
                    switch (JudgeAnswer.read(text)) {
                        case Reading.Usable(var read) ->
                                heard(turn, asked, read, cost, how(asked, answeredBy));
                        case Reading.Unusable(var problem) ->
                                asked.attempt() < LAST_ATTEMPT
                                        ? repair(asked, text, problem, cost)
                                        : unusable(asked, cost, how(asked, answeredBy));
                    };
            case ModelAnswer.Declined(var cost) -> unusable(asked, cost, how(asked, null));
            case ModelAnswer.Silent(var fault, var detail, var cost) ->
                    new Step.Ruled(
                            new Ruling.Failed(
                                    asked.stage(),
                                    with(asked, nothing(asked, detail, cost, how(asked, null))),
                                    fault,
                                    detail));
        };
    }

    // ---- whom to ask

    private Step askFast(TurnToJudge turn, List<StageVerdict> said) {
        Optional<String> refusal =
                refusal(turn.policy().fast()).or(() -> refusal(turn.policy().strong()));
        if (refusal.isPresent()) {
            // The strong judge's as well, before anything has been paid for.
            return refused(Stage.FAST, said, refusal.get());
        }
        ModelJudge fast = turn.policy().fast();
        return ask(
                turn,
                Stage.FAST,
                fast.model().isBlank() ? court.rules().standard() : reference(fast),
                court.prompts().fast(),
                fast.rubric(),
                said);
    }

    private Step askStrong(TurnToJudge turn, ModelReference fast, List<StageVerdict> said) {
        ModelJudge strong = turn.policy().strong();
        return ask(
                turn,
                Stage.STRONG,
                strong.model().isBlank() ? court.rules().strong().orElse(fast) : reference(strong),
                court.prompts().strong(),
                strong.rubric().isBlank() ? turn.policy().fast().rubric() : strong.rubric(),
                said);
    }

    private static Step ask(
            TurnToJudge turn,
            Stage stage,
            ModelReference model,
            PromptTemplate prompt,
            String rubric,
            List<StageVerdict> said) {
        return new Step.Ask(
                stage,
                model,
                JudgePrompt.messages(prompt, turn.text(), turn.goal(), rubric),
                JudgePrompt.criteria(stage.word(), turn.goal(), rubric),
                prompt.version(),
                1,
                Cost.NONE,
                said);
    }

    private Step repair(Step.Ask asked, String answer, String problem, Cost cost) {
        PromptTemplate repair = court.prompts().repair();
        return new Step.Ask(
                asked.stage(),
                asked.model(),
                JudgePrompt.repair(repair, asked.messages(), answer, problem),
                asked.criteria(),
                asked.prompt() + "+" + repair.version(),
                asked.attempt() + 1,
                asked.spent().plus(cost),
                asked.said());
    }

    /** Why a model may not judge; empty if it may. */
    private Optional<String> refusal(ModelJudge judge) {
        if (judge.model().isBlank()) {
            return Optional.empty();
        }
        try {
            ModelReference model = reference(judge);
            return court.rules().allows(model)
                    ? Optional.empty()
                    : Optional.of("The judge model " + model + " is not allowed.");
        } catch (IllegalArgumentException e) {
            return Optional.of("Judge model: " + e.getMessage());
        }
    }

    private static ModelReference reference(ModelJudge judge) {
        return ModelReference.parse(judge.model().strip());
    }

    // ---- what they said

    private Step heard(TurnToJudge turn, Step.Ask asked, JudgeAnswer answer, Cost cost, Asked how) {
        StageVerdict stage =
                new StageVerdict(
                        asked.stage(),
                        answer.verdict(),
                        Confidence.ofOne(answer.confidence()),
                        answer.progress(),
                        answer.reason(),
                        asked.criteria(),
                        how,
                        asked.spent().plus(cost));
        List<StageVerdict> stages = with(asked, stage);
        return switch (asked.stage()) {
            case FAST ->
                    answer.verdict() == Verdict.YES
                            ? askStrong(turn, asked.model(), stages)
                            : new Step.Ruled(Ruling.Decided.byLast(stages));
            case STRONG -> new Step.Ruled(confirmed(asked.said().getLast(), stage, stages));
            case VALIDATOR -> throw new IllegalStateException("A validator is no model");
        };
    }

    /** The fast judge said yes; the strong one has the last word. */
    private static Ruling confirmed(
            StageVerdict fast, StageVerdict strong, List<StageVerdict> stages) {
        return switch (strong.verdict()) {
            case YES ->
                    new Ruling.Decided(
                            stages,
                            Confidence.ofAgreement(
                                    fast.confidence(),
                                    strong.confidence(),
                                    !Objects.equals(fast.answering(), strong.answering())),
                            strong.reason());
            case NO ->
                    new Ruling.Decided(
                            stages,
                            Confidence.inConflict(strong.confidence()),
                            "The fast judge said yes, the strong judge no: " + strong.reason());
            case UNCERTAIN ->
                    new Ruling.Decided(
                            stages,
                            Confidence.inConflict(strong.confidence()),
                            "The fast judge said yes, the strong judge is uncertain: "
                                    + strong.reason());
        };
    }

    private static Step unusable(Step.Ask asked, Cost cost, Asked how) {
        return new Step.Ruled(
                Ruling.Decided.byLast(
                        with(asked, nothing(asked, INFORMATION_UNAVAILABLE, cost, how))));
    }

    private static StageVerdict nothing(Step.Ask asked, String reason, Cost cost, Asked how) {
        return new StageVerdict(
                asked.stage(),
                Verdict.UNCERTAIN,
                0,
                Optional.empty(),
                reason,
                asked.criteria(),
                how,
                asked.spent().plus(cost));
    }

    private static StageVerdict validators(
            Verdict verdict, double confidence, String reason, List<String> criteria) {
        return new StageVerdict(
                Stage.VALIDATOR,
                verdict,
                confidence,
                Optional.empty(),
                reason,
                criteria,
                null,
                Cost.NONE);
    }

    private static Asked how(Step.Ask asked, @Nullable String answeredBy) {
        return new Asked(asked.model().toString(), asked.prompt(), asked.attempt(), answeredBy);
    }

    private static List<StageVerdict> with(Step.Ask asked, StageVerdict stage) {
        List<StageVerdict> stages = new ArrayList<>(asked.said());
        stages.add(stage);
        return stages;
    }

    private static Step refused(Stage failing, List<StageVerdict> said, String detail) {
        return new Step.Ruled(new Ruling.Failed(failing, said, Ruling.Fault.REQUEST, detail));
    }
}
