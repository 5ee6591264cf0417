package dev.battlestream.judge.judging;

import dev.battlestream.llm.ModelReference;
import java.util.Set;

/**
 * Which models may judge.
 *
 * @param standard asked when a policy names none; always allowed
 * @param allowed references, {@code provider:name}, or all of a provider, {@code provider:*}; empty
 *     for every configured model
 */
public record ModelRules(ModelReference standard, Set<String> allowed) {

    public ModelRules {
        allowed = Set.copyOf(allowed);
    }

    /** Whether a policy may name this model. */
    boolean allows(ModelReference model) {
        return allowed.isEmpty()
                || model.equals(standard)
                || allowed.contains(model.toString())
                || allowed.contains(model.provider() + ":*");
    }
}
