package dev.battlestream.runner.battle;

import java.math.BigDecimal;

/**
 * What a role has used. The count of calls saturates.
 *
 * @param calls calls that reached the provider, failed ones included
 * @param tokensIn tokens of prompts
 * @param tokensOut tokens of answers
 * @param costUsd US dollars
 */
public record Spent(int calls, long tokensIn, long tokensOut, BigDecimal costUsd) {

    public static final Spent NOTHING = new Spent(0, 0, 0, BigDecimal.ZERO);

    Spent plus(Spent more) {
        return new Spent(
                Math.clamp((long) calls + more.calls, 0, Integer.MAX_VALUE),
                tokensIn + more.tokensIn,
                tokensOut + more.tokensOut,
                costUsd.add(more.costUsd));
    }
}
