package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.AllowedModels;
import dev.battlestream.policy.ModelPatterns;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of what a client may ask for.
 *
 * @param startsPerMinute starts that a client may ask for in a minute, at least 1
 * @param rateClients clients whose starts are counted at the same time, at least 1
 * @param models references of models that may play; see {@link AllowedModels}
 * @param judgeModels references of models that may judge
 */
@ConfigurationProperties("battlestream.limits")
record LimitSettings(
        int startsPerMinute, int rateClients, List<String> models, List<String> judgeModels) {

    LimitSettings {
        if (startsPerMinute < 1 || rateClients < 1) {
            throw new IllegalArgumentException("battlestream.limits must be at least 1");
        }
        ModelPatterns.check("battlestream.limits.models", models);
        ModelPatterns.check("battlestream.limits.judge-models", judgeModels);
        models = List.copyOf(models);
        judgeModels = List.copyOf(judgeModels);
    }

    AllowedModels allowedModels() {
        return new AllowedModels(models, judgeModels);
    }

    StartRates rates() {
        return new StartRates(startsPerMinute, Duration.ofMinutes(1), rateClients);
    }
}
