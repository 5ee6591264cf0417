package dev.battlestream.judge.judging.adapter;

import dev.battlestream.judge.judging.ModelRules;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.policy.ModelPatterns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this instance judges.
 *
 * @param defaultModel asked when a policy names no model, {@code provider:name}
 * @param strongModel confirms a yes when a policy names no strong judge, {@code provider:name};
 *     empty for the model that said yes, which is then asked more strictly
 * @param allowedModels what a policy may name beside them, see {@link ModelPatterns}; empty for
 *     every configured model
 * @param maxInFlight turns judged at the same time at most, 1 to 100,000; the rest waits in the
 *     store
 * @param drain how long a shutdown waits for judgings in flight, up to 10 minutes
 * @param retention how long a battle is remembered after its last record, an hour to a year; a turn
 *     older than that is not judged
 * @param maxAnswerTokens the longest answer of a judging model, 16 to 32,768 tokens
 * @param temperature of a judging model, 0 to 2; absent for the model's own
 * @param threads that read and decide, 1 to 64; models are asked on threads of their own
 */
@ConfigurationProperties("battlestream.judge")
record JudgingProperties(
        @DefaultValue("scripted:judge") String defaultModel,
        @DefaultValue("") String strongModel,
        @DefaultValue List<String> allowedModels,
        @DefaultValue("2000") int maxInFlight,
        @DefaultValue("20s") Duration drain,
        @DefaultValue("30d") Duration retention,
        @DefaultValue("512") int maxAnswerTokens,
        @Nullable Double temperature,
        @DefaultValue("1") int threads) {

    JudgingProperties {
        allowedModels = List.copyOf(allowedModels);
        ModelPatterns.check("battlestream.judge.allowed-models", allowedModels);
        ModelReference.parse(defaultModel);
        strong(strongModel);
        require(maxInFlight >= 1 && maxInFlight <= 100_000, "max-in-flight must be 1 to 100000");
        require(
                !drain.isNegative() && drain.compareTo(Duration.ofMinutes(10)) <= 0,
                "drain must be 0 to 10 minutes");
        require(
                retention.compareTo(Duration.ofHours(1)) >= 0
                        && retention.compareTo(Duration.ofDays(365)) <= 0,
                "retention must be 1 hour to 365 days");
        require(
                maxAnswerTokens >= 16 && maxAnswerTokens <= 32_768,
                "max-answer-tokens must be 16 to 32768");
        require(
                temperature == null || (temperature >= 0 && temperature <= 2),
                "temperature must be 0 to 2");
        require(threads >= 1 && threads <= 64, "threads must be 1 to 64");
    }

    ModelRules modelRules() {
        return new ModelRules(
                ModelReference.parse(defaultModel), strong(strongModel), Set.copyOf(allowedModels));
    }

    private static Optional<ModelReference> strong(String reference) {
        return reference.isBlank()
                ? Optional.empty()
                : Optional.of(ModelReference.parse(reference));
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("battlestream.judge." + rule);
        }
    }
}
