package dev.battlestream.judge.judging;

import dev.battlestream.policy.ValidatorCombination;
import dev.battlestream.policy.ValidatorSpec;
import java.util.List;

/**
 * How the turns of a battle are judged.
 *
 * @param validators asked first, in order
 * @param combine how their answers become one
 * @param fast the model that is asked when no validator settles the matter
 * @param strong the model that has to confirm a yes of the fast one; without a rubric it goes by
 *     that of the fast one
 */
public record JudgingPolicy(
        List<ValidatorSpec> validators,
        ValidatorCombination combine,
        ModelJudge fast,
        ModelJudge strong) {

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
