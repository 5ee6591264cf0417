package dev.battlestream.report.battle;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that was played, or a turn that failed and only takes its place.
 *
 * @param seq place among all messages of the battle, from 1
 * @param turn the agent's turn that it belongs to, from 1
 * @param speaker who played it
 * @param content what was said; empty when the turn failed
 * @param model model reference that was asked, provider:model
 * @param tokensIn tokens of the prompt
 * @param tokensOut tokens of the message
 * @param costUsd cost in US dollars, kept to nine decimal places
 * @param latencyMs time from the first call to the end of the message, in milliseconds
 * @param calls calls that reached the provider, failed ones included
 * @param producedAt when it was complete, by the runner's clock
 * @param failed whether the turn failed: later records of this seq are still repeats
 * @param answeredBy the model that answered in its place, after a failover; null if it did itself
 */
public record Message(
        int seq,
        int turn,
        Speaker speaker,
        String content,
        String model,
        int tokensIn,
        int tokensOut,
        BigDecimal costUsd,
        long latencyMs,
        int calls,
        Instant producedAt,
        boolean failed,
        @Nullable String answeredBy) {

    public Message {
        costUsd = Spent.money(costUsd);
    }

    /** What the message has used. */
    public Spent spent() {
        return new Spent(calls, tokensIn, tokensOut, costUsd);
    }
}
