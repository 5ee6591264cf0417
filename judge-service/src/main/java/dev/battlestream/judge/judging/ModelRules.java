package dev.battlestream.judge.judging;

import dev.battlestream.llm.ModelReference;
import java.util.Set;

/**
 * Which models may judge.
 *
 * @param standard asked when a policy names none; always allowed
 * @param allowed references, {@code provider:name}; one that ends in {@code *} stands for all that
 *     begin with it; empty for every configured model
 */
public record ModelRules(ModelReference standard, Set<String> allowed) {

    public ModelRules {
        allowed = Set.copyOf(allowed);
    }

    /** Whether a policy may name this model. */
    boolean allows(ModelReference model) {
        return allowed.isEmpty()
                || model.equals(standard)
                || allowed.stream().anyMatch(pattern -> matches(pattern, model.toString()));
    }

    private static boolean matches(String pattern, String reference) {
        return pattern.endsWith("*")
                ? reference.startsWith(pattern.substring(0, pattern.length() - 1))
                : reference.equals(pattern);
    }
}
