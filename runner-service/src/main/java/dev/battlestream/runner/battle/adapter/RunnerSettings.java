package dev.battlestream.runner.battle.adapter;

import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.policy.ModelPatterns;
import dev.battlestream.runner.battle.Caps;
import dev.battlestream.schemas.LogRetention;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this instance plays; each has the default of application.yml.
 *
 * @param threads stream threads, at least 1
 * @param defaultModel plays where a request names no model
 * @param allowedModels what may be asked, see {@link ModelPatterns}; empty: every model of a
 *     configured provider
 * @param maxInFlight calls that run at once at most, 1 to 100,000
 * @param drainLimit how long a shutdown waits for running calls
 * @param caps what a request may ask for at most
 * @param budgetMaxTokens tokens of a message in a battle that has a budget and says nothing about
 *     them: without a bound on a message there is none on its cost; 1 to 32,768
 * @param unpricedModels whether a model without a price costs nothing or is refused
 * @param judging what the worst case of judging a turn is computed from
 */
@ConfigurationProperties("battlestream.runner")
record RunnerSettings(
        int threads,
        String defaultModel,
        List<String> allowedModels,
        int maxInFlight,
        Duration drainLimit,
        @DefaultValue CapSettings caps,
        @DefaultValue("4096") int budgetMaxTokens,
        @DefaultValue("free") UnpricedModels unpricedModels,
        @DefaultValue JudgingBound judging) {

    /** What happens to a model that the price list does not name. */
    enum UnpricedModels {
        FREE,
        REFUSE
    }

    /**
     * The judge's own settings of these names, as far as its cost depends on them.
     *
     * @param defaultModel the fast judge where a request names none
     * @param strongModel the strong judge where a request names none; empty for the fast one's
     * @param maxAnswerTokens the longest answer of a judge in tokens, 16 to 32,768
     */
    record JudgingBound(
            @DefaultValue("scripted:judge") String defaultModel,
            @DefaultValue("") String strongModel,
            @DefaultValue("512") int maxAnswerTokens) {

        JudgingBound {
            ModelReference.parse(defaultModel);
            if (!strongModel.isBlank()) {
                ModelReference.parse(strongModel);
            }
            require(
                    maxAnswerTokens >= 16 && maxAnswerTokens <= 32_768,
                    "judging.max-answer-tokens must be 16 to 32768");
        }
    }

    private static final int MOST_IN_FLIGHT = 100_000;

    RunnerSettings {
        require(threads >= 1 && threads <= 64, "threads must be 1 to 64");
        require(
                maxInFlight >= 1 && maxInFlight <= MOST_IN_FLIGHT,
                "max-in-flight must be 1 to " + MOST_IN_FLIGHT);
        require(!drainLimit.isNegative(), "drain-limit must not be negative");
        require(
                budgetMaxTokens >= 1 && budgetMaxTokens <= caps.maxTokensPerTurn(),
                "budget-max-tokens must be 1 to caps.max-tokens-per-turn");
        ModelReference.parse(defaultModel);
        allowedModels = List.copyOf(allowedModels);
        ModelPatterns.check("battlestream.runner.allowed-models", allowedModels);
    }

    /**
     * What a request may ask for at most; see {@link Caps}.
     *
     * @param messageLimit 1 to 25
     */
    record CapSettings(
            @DefaultValue("25") int messageLimit,
            @DefaultValue("32768") int maxTokensPerTurn,
            @DefaultValue("24h") Duration timeout,
            @DefaultValue("32000") int textLength,
            @DefaultValue("50") int openingMessages,
            @DefaultValue("20") int validators,
            @DefaultValue("1000") int patternLength,
            @DefaultValue("50") int labels,
            @DefaultValue("200") int labelLength) {}

    /**
     * @param priced models that the price list names; those of the scripted provider bring their
     *     own
     * @param log how long the log keeps what it is told
     * @throws IllegalArgumentException if a cap is out of its range, or the default model may not
     *     be asked
     */
    BattleRules rules(ChatModels models, Set<String> priced, LogRetention log) {
        require(
                BattleRules.allows(allowedModels, models, defaultModel),
                "default-model %s is not among the allowed models of the configured providers"
                        .formatted(defaultModel));
        Caps bounds =
                new Caps(
                        caps.messageLimit(),
                        caps.maxTokensPerTurn(),
                        caps.timeout(),
                        caps.textLength(),
                        caps.openingMessages(),
                        caps.validators(),
                        caps.patternLength(),
                        caps.labels(),
                        caps.labelLength(),
                        log.requests(),
                        model -> BattleRules.allows(allowedModels, models, model),
                        BattleRules::isReference,
                        model -> isPriced(model, priced));
        return new BattleRules(
                bounds, defaultModel, budgetMaxTokens, new Tariffs(models, judging), log.markers());
    }

    private boolean isPriced(String model, Set<String> priced) {
        String meant = model.isEmpty() ? defaultModel : model;
        return unpricedModels == UnpricedModels.FREE
                || meant.startsWith(LlmSettings.SCRIPTED + ":")
                || priced.contains(meant);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("battlestream.runner." + otherwise);
        }
    }
}
