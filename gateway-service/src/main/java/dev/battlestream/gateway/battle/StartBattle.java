package dev.battlestream.gateway.battle;

import dev.battlestream.policy.ValidatorCombination;
import dev.battlestream.policy.ValidatorSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A battle as somebody asks for it. What was left out has its default; an empty model stands for
 * the default of the service that asks it.
 *
 * @param battleId the caller's own choice of identity
 * @param seed what the models are asked with as their seed
 * @param timeoutSeconds time the battle may take
 * @param labels sorted by name, so that equal requests look equal
 */
public record StartBattle(
        Optional<UUID> battleId,
        String agentId,
        String model,
        String systemPrompt,
        String goal,
        List<Opening> opening,
        Optional<Opponent> opponent,
        int messageLimit,
        Optional<Integer> maxTokensPerTurn,
        Optional<Double> temperature,
        Optional<Long> seed,
        Optional<BigDecimal> budgetUsd,
        int timeoutSeconds,
        Judging judging,
        Map<String, String> labels) {

    public StartBattle {
        opening = List.copyOf(opening);
        labels = new TreeMap<>(labels);
    }

    /** The same battle with no more time than told, in whole seconds of at least 1. */
    public StartBattle within(Duration wait) {
        return with(budgetUsd, (int) Math.min(timeoutSeconds, wait.toSeconds()));
    }

    /** The same battle with this budget, in US dollars, if it has none. */
    public StartBattle orCosting(BigDecimal usd) {
        return budgetUsd.isPresent() ? this : with(Optional.of(usd), timeoutSeconds);
    }

    private StartBattle with(Optional<BigDecimal> otherBudgetUsd, int otherTimeoutSeconds) {
        return new StartBattle(
                battleId,
                agentId,
                model,
                systemPrompt,
                goal,
                opening,
                opponent,
                messageLimit,
                maxTokensPerTurn,
                temperature,
                seed,
                otherBudgetUsd,
                otherTimeoutSeconds,
                judging,
                labels);
    }

    /** Who speaks before the first turn. */
    public enum Speaker {
        USER,
        AGENT
    }

    /** A message that stands before the first turn. */
    public record Opening(Speaker role, String content) {}

    /**
     * A simulated opponent.
     *
     * @param stopWords texts that end the battle when it says one, in any case
     */
    public record Opponent(String model, String systemPrompt, List<String> stopWords) {

        public Opponent {
            stopWords = List.copyOf(stopWords);
        }
    }

    /** A model that judges. */
    public record ModelJudge(String model, String rubric) {}

    /**
     * How turns are judged.
     *
     * @param plateauTurns turns without an improvement that end the battle
     */
    public record Judging(
            List<ValidatorSpec> validators,
            ValidatorCombination combine,
            Optional<ModelJudge> fast,
            Optional<ModelJudge> strong,
            Optional<Integer> plateauTurns) {

        /** As the platform judges when nothing is asked for. */
        public static final Judging DEFAULT =
                new Judging(
                        List.of(),
                        ValidatorCombination.ANY,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        public Judging {
            validators = List.copyOf(validators);
        }
    }
}
