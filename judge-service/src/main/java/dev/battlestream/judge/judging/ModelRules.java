package dev.battlestream.judge.judging;

import dev.battlestream.llm.ModelReference;
import dev.battlestream.policy.ModelPatterns;
import java.util.Set;

/**
 * Which models may judge.
 *
 * @param standard asked when a policy names none; always allowed
 * @param allowed see {@link ModelPatterns}; empty for every configured model
 */
public record ModelRules(ModelReference standard, Set<String> allowed) {

    public ModelRules {
        allowed = Set.copyOf(allowed);
    }

    /** Whether a policy may name this model. */
    boolean allows(ModelReference model) {
        return model.equals(standard) || ModelPatterns.allow(allowed, model.toString());
    }
}
