package dev.battlestream.runner.battle;

import dev.battlestream.policy.ValidatorSpec;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A battle as somebody asked for it, not yet admitted.
 *
 * @param age how long ago its record was written; empty where nothing says so
 */
public record BattleRequest(
        String battleId,
        Optional<Duration> age,
        String agentId,
        String model,
        String systemPrompt,
        String goal,
        List<String> opening,
        Optional<OpponentRequest> opponent,
        int messageLimit,
        Optional<Integer> maxTokensPerTurn,
        Optional<Double> temperature,
        Optional<BigDecimal> budgetUsd,
        int timeoutSeconds,
        List<ValidatorSpec> validators,
        Optional<JudgeRequest> fast,
        Optional<JudgeRequest> strong,
        Optional<Integer> plateauTurns,
        Map<String, String> labels,
        Optional<String> clientId,
        Optional<String> runId) {

    public BattleRequest {
        opening = List.copyOf(opening);
        validators = List.copyOf(validators);
        labels = Map.copyOf(labels);
    }

    /**
     * A simulated opponent that answers the agent.
     *
     * @param stopWords texts that end the battle when the opponent says one
     */
    public record OpponentRequest(String model, String systemPrompt, List<String> stopWords) {

        public OpponentRequest {
            stopWords = List.copyOf(stopWords);
        }
    }

    /** A model that judges. */
    public record JudgeRequest(String model, String rubric) {}
}
