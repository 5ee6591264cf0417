package dev.battlestream.gateway.battle;

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
                budgetUsd,
                (int) Math.min(timeoutSeconds, wait.toSeconds()),
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

    /** A simulated opponent. */
    public record Opponent(String model, String systemPrompt) {}

    /** How a validator compares. */
    public enum ValidatorType {
        REGEX,
        CONTAINS,
        EQUALS
    }

    /** What a match of a validator settles. */
    public enum OnMatch {
        PASS,
        FAIL
    }

    /** A deterministic check of the agent's message. */
    public record Validator(ValidatorType type, String pattern, OnMatch onMatch) {}

    /** A model that judges. */
    public record ModelJudge(String model, String rubric) {}

    /** How turns are judged. */
    public record Judging(List<Validator> validators, Optional<ModelJudge> fast) {

        public Judging {
            validators = List.copyOf(validators);
        }
    }
}
