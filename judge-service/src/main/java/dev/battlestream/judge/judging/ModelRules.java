package dev.battlestream.judge.judging;

import dev.battlestream.llm.ModelReference;
import dev.battlestream.policy.ModelPatterns;
import java.util.Optional;
import java.util.Set;

/**
 * Which models may judge.
 *
 * @param standard asked when a policy names none; always allowed
 * @param strong confirms when a policy names none; always allowed; empty for the model that is to
 *     be confirmed, which is then asked more strictly
 * @param allowed see {@link ModelPatterns}; empty for every configured model
 */
public record ModelRules(
        ModelReference standard, Optional<ModelReference> strong, Set<String> allowed) {

    public ModelRules {
        allowed = Set.copyOf(allowed);
    }

    /** Whether the operator has set this model, so that no request is to blame for it. */
    public boolean isDefault(ModelReference model) {
        return model.equals(standard) || strong.filter(model::equals).isPresent();
    }

    /** Whether a policy may name this model. */
    boolean allows(ModelReference model) {
        return isDefault(model) || ModelPatterns.allow(allowed, model.toString());
    }
}
