package dev.battlestream.llm;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param text the whole reply; the deltas of the last attempt joined, where there were any
 * @param model the name the provider gave itself, else the one asked for
 * @param tokensIn tokens of the request, as counted by the provider, cached ones included; 0 if it
 *     did not say
 * @param tokensOut tokens of the reply, as counted by the provider; 0 if it did not say
 * @param costUsd of the attempt that succeeded, by the price list, exact with at most 12 decimals;
 *     0 for a model without a price
 * @param latency from the start of the successful attempt to its last byte
 * @param calls attempts that reached the provider, this one included; at least 1
 * @param cachedTokensIn those of {@code tokensIn} that the provider took from its cache
 * @param unsettledUsd the most that failed attempts of this call, and an answer whose provider did
 *     not say all of what it used, may have cost beside {@code costUsd}: attempts whose reply had
 *     begun, or that were never answered, may be on the provider's bill
 * @param standIn the configured model that answered in place of the one asked for; absent if that
 *     one did
 */
public record Reply(
        String text,
        String model,
        FinishReason finishReason,
        int tokensIn,
        int tokensOut,
        BigDecimal costUsd,
        Duration latency,
        int calls,
        int cachedTokensIn,
        BigDecimal unsettledUsd,
        @Nullable ModelReference standIn) {

    /** A reply of the model asked for, without a cache and without attempts that may cost. */
    public Reply(
            String text,
            String model,
            FinishReason finishReason,
            int tokensIn,
            int tokensOut,
            BigDecimal costUsd,
            Duration latency,
            int calls) {
        this(
                text,
                model,
                finishReason,
                tokensIn,
                tokensOut,
                costUsd,
                latency,
                calls,
                0,
                BigDecimal.ZERO,
                null);
    }

    /** Everything but the text: contents do not belong in logs. */
    @Override
    public String toString() {
        return "Reply[text=%d characters, model=%s, finishReason=%s, tokensIn=%d, tokensOut=%d, costUsd=%s, latency=%s, calls=%d, cachedTokensIn=%d, unsettledUsd=%s, standIn=%s]"
                .formatted(
                        text.length(),
                        model,
                        finishReason,
                        tokensIn,
                        tokensOut,
                        costUsd,
                        latency,
                        calls,
                        cachedTokensIn,
                        unsettledUsd,
                        standIn);
    }
}
