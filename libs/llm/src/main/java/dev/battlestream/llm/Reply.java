package dev.battlestream.llm;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What a model answered.
 *
 * @param text the whole reply; the deltas of the last attempt joined, where there were any
 * @param model the name the provider gave itself, else the one asked for
 * @param tokensIn tokens of the request, as counted by the provider; 0 if it did not say
 * @param tokensOut tokens of the reply, as counted by the provider; 0 if it did not say
 * @param costUsd by the price list, exact; 0 for a model without a price
 * @param latency from the start of the successful attempt to its last byte
 * @param calls attempts that reached the provider, this one included; at least 1
 */
public record Reply(
        String text,
        String model,
        FinishReason finishReason,
        int tokensIn,
        int tokensOut,
        BigDecimal costUsd,
        Duration latency,
        int calls) {

    /** Everything but the text: contents do not belong in logs. */
    @Override
    public String toString() {
        return "Reply[text=%d characters, model=%s, finishReason=%s, tokensIn=%d, tokensOut=%d, costUsd=%s, latency=%s, calls=%d]"
                .formatted(
                        text.length(),
                        model,
                        finishReason,
                        tokensIn,
                        tokensOut,
                        costUsd,
                        latency,
                        calls);
    }
}
