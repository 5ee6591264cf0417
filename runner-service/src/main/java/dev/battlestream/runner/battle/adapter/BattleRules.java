package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.Opponent;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.policy.ModelPatterns;
import dev.battlestream.runner.battle.Caps;
import java.time.Duration;
import java.util.List;

/**
 * The operator's rules for battles.
 *
 * @param defaultModel reference of the model that plays where a request names none
 * @param budgetMaxTokens tokens of a message in a battle with a budget that does not bound them
 * @param tariffs what calls cost at most
 * @param markerLife how long an ended battle is remembered; not less than a request may be old, and
 *     longer than its turns lie on their topic: a reader would mix two battles of one id
 */
record BattleRules(
        Caps caps, String defaultModel, int budgetMaxTokens, Tariffs tariffs, Duration markerLife) {

    BattleRules {
        if (markerLife.compareTo(caps.requestRetention()) < 0) {
            throw new IllegalArgumentException(
                    "an ended battle must be remembered for at least as long as a request may be old");
        }
    }

    BattleRequested withDefaults(BattleRequested request) {
        BattleRequested.Builder complete = BattleRequested.newBuilder(request);
        if (request.getModel().isEmpty()) {
            complete.setModel(defaultModel);
        }
        Opponent opponent = request.getOpponent();
        if (opponent != null && opponent.getModel().isEmpty()) {
            complete.setOpponent(Opponent.newBuilder(opponent).setModel(defaultModel).build());
        }
        if (request.getBudgetUsd() != null && request.getMaxTokensPerTurn() == null) {
            complete.setMaxTokensPerTurn(budgetMaxTokens);
        }
        return complete.build();
    }

    /** The same with a bound on its messages, which an estimate needs. */
    BattleRequested bounded(BattleRequested request) {
        return request.getMaxTokensPerTurn() != null
                ? request
                : BattleRequested.newBuilder(request).setMaxTokensPerTurn(budgetMaxTokens).build();
    }

    /**
     * Whether a model may be asked: some pattern matches it, and its provider is there.
     *
     * @param patterns see {@link ModelPatterns}
     */
    static boolean allows(List<String> patterns, ChatModels models, String reference) {
        if (reference.isEmpty()) {
            return true;
        }
        try {
            ModelReference model = ModelReference.parse(reference);
            return models.knows(model) && ModelPatterns.allow(patterns, reference);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Whether a reference reads provider:model; the empty one stands for the judge's default. */
    static boolean isReference(String reference) {
        if (reference.isEmpty()) {
            return true;
        }
        try {
            ModelReference.parse(reference);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }
}
