package dev.battlestream.judge.judging;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one stage said, and what it took.
 *
 * @param confidence 0 to 1, see {@link Confidence}
 * @param progress how far the goal is reached in its estimate, 0 to 1; empty if it did not say
 * @param reason a sentence
 * @param criteria what it applied, in order
 * @param asked the model; absent for validators
 * @param cost what its calls took
 */
public record StageVerdict(
        Stage stage,
        Verdict verdict,
        double confidence,
        Optional<Double> progress,
        String reason,
        List<String> criteria,
        @Nullable Asked asked,
        Cost cost) {

    public StageVerdict {
        criteria = List.copyOf(criteria);
    }

    /** The reference of the model that was asked; absent for validators. */
    public @Nullable String model() {
        return asked == null ? null : asked.model();
    }

    /** The reference of the model whose opinion it is; absent for validators. */
    @Nullable String answering() {
        return asked == null || asked.answeredBy() == null ? model() : asked.answeredBy();
    }

    /**
     * How a model was asked.
     *
     * @param model its reference, {@code provider:name}
     * @param prompt the versions of the texts, for example {@code fast/1+repair/1}
     * @param attempt the answer that counts: 1, or 2 for the one after a repair
     * @param answeredBy the reference of the model that answered in its place, after a failover;
     *     null if it answered itself, or never did
     */
    public record Asked(String model, String prompt, int attempt, @Nullable String answeredBy) {}

    /**
     * What a stage took.
     *
     * @param tokensIn tokens of prompts
     * @param tokensOut tokens of answers
     * @param usd in US dollars
     * @param latency retries included
     * @param calls that reached the provider, failed ones included
     */
    public record Cost(int tokensIn, int tokensOut, BigDecimal usd, Duration latency, int calls) {

        /** Nothing was asked. */
        public static final Cost NONE = new Cost(0, 0, BigDecimal.ZERO, Duration.ZERO, 0);

        /** Both together. */
        public Cost plus(Cost other) {
            return new Cost(
                    tokensIn + other.tokensIn,
                    tokensOut + other.tokensOut,
                    usd.add(other.usd),
                    latency.plus(other.latency),
                    calls + other.calls);
        }
    }
}
