package dev.battlestream.gateway.battle;

import dev.battlestream.policy.ModelPatterns;
import java.util.List;

/**
 * The models that may be asked for.
 *
 * @param players what may play, see {@link ModelPatterns}; empty: every model
 * @param judges the same for models that judge
 */
public record AllowedModels(List<String> players, List<String> judges) {

    /** No model is refused for its name. */
    public static final AllowedModels ALL = new AllowedModels(List.of(), List.of());

    /** What is wrong with a model that may not be asked. */
    public static final String REFUSAL = "is none of the models that may be asked here";

    public AllowedModels {
        players = List.copyOf(players);
        judges = List.copyOf(judges);
    }

    /** Whether a model may play; the empty reference stands for the default and may. */
    public boolean maySpeak(String model) {
        return allows(players, model);
    }

    /** Whether a model may judge; the empty reference stands for the default and may. */
    boolean mayJudge(String model) {
        return allows(judges, model);
    }

    private static boolean allows(List<String> patterns, String model) {
        return model.isEmpty() || ModelPatterns.allow(patterns, model);
    }
}
