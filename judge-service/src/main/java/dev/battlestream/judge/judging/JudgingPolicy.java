package dev.battlestream.judge.judging;

import java.util.List;

/**
 * How the turns of a battle are judged.
 *
 * @param validators asked first, in order
 * @param fast the model that is asked when no validator settles the matter
 */
public record JudgingPolicy(List<Validator> validators, ModelJudge fast) {

    public JudgingPolicy {
        validators = List.copyOf(validators);
    }

    /**
     * A model that judges.
     *
     * @param model its reference, {@code provider:name}; empty for the service's default
     * @param rubric what to look for beyond the goal; may be empty
     */
    public record ModelJudge(String model, String rubric) {

        /** The service's default model with no rubric. */
        public static final ModelJudge DEFAULT = new ModelJudge("", "");
    }
}
