package dev.battlestream.judge.judging;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What one stage said, and what it took.
 *
 * @param confidence 0 to 1
 * @param reason a sentence
 * @param model the reference that was asked, {@code provider:name}; absent for validators
 * @param cost what its calls took
 */
public record StageVerdict(
        Stage stage,
        Verdict verdict,
        double confidence,
        String reason,
        @Nullable String model,
        Cost cost) {

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
