package dev.battlestream.runner.battle.adapter;

import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.runner.battle.Caps;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The runner's settings; each has the default of application.yml.
 *
 * @param instance stable name of this instance, unique among the runners
 * @param stateDir folder for the state stores, kept over restarts
 * @param partitions partitions of the battle topics, where they have to be created
 * @param replication replicas of the battle topics, where they have to be created
 * @param threads stream threads, at least 1
 * @param defaultModel plays where a request names no model
 * @param allowedModels references that may be asked; one that ends in * stands for all that begin
 *     with it; empty: every model of a configured provider
 * @param maxInFlight calls that run at once at most
 * @param drainLimit how long a shutdown waits for running calls
 * @param registry the schema registry
 * @param caps what a request may ask for at most
 */
@ConfigurationProperties("battlestream.runner")
record RunnerSettings(
        String instance,
        Path stateDir,
        int partitions,
        short replication,
        int threads,
        String defaultModel,
        List<String> allowedModels,
        int maxInFlight,
        Duration drainLimit,
        Registry registry,
        @DefaultValue CapSettings caps) {

    RunnerSettings {
        require(partitions >= 1, "partitions must be at least 1");
        require(replication >= 1, "replication must be at least 1");
        require(threads >= 1 && threads <= 64, "threads must be 1 to 64");
        require(maxInFlight >= 1, "max-in-flight must be at least 1");
        ModelReference.parse(defaultModel);
        allowedModels = List.copyOf(allowedModels);
    }

    /**
     * @param url the registry's own API
     * @param autoRegister whether the runner may register its schemas
     */
    record Registry(String url, boolean autoRegister) {}

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

    BattleRules rules(ChatModels models, Duration requestRetention) {
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
                        requestRetention,
                        model -> BattleRules.allows(allowedModels, models, model),
                        BattleRules::isRegularExpression);
        return new BattleRules(bounds, defaultModel, requestRetention.plusDays(1));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("battlestream.runner." + otherwise);
        }
    }
}
