package dev.battlestream.runner.battle;

import java.math.BigDecimal;

/**
 * What a role has used. The count of calls saturates.
 *
 * @param calls calls that reached the provider, failed ones included
 * @param tokensIn tokens of prompts
 * @param tokensOut tokens of answers
 * @param costUsd US dollars
 * @param unsettledUsd the most that may be on a provider's bill beside it
 */
public record Spent(
        int calls, long tokensIn, long tokensOut, BigDecimal costUsd, BigDecimal unsettledUsd) {

    public static final Spent NOTHING = new Spent(0, 0, 0, BigDecimal.ZERO);

    /** Where every attempt is settled. */
    public Spent(int calls, long tokensIn, long tokensOut, BigDecimal costUsd) {
        this(calls, tokensIn, tokensOut, costUsd, BigDecimal.ZERO);
    }

    Spent plus(Spent more) {
        return new Spent(
                Math.clamp((long) calls + more.calls, 0, Integer.MAX_VALUE),
                tokensIn + more.tokensIn,
                tokensOut + more.tokensOut,
                costUsd.add(more.costUsd),
                unsettledUsd.add(more.unsettledUsd));
    }

    /** Without what the part has used, at least nothing. */
    public Spent without(Spent part) {
        return new Spent(
                Math.max(0, calls - part.calls),
                Math.max(0, tokensIn - part.tokensIn),
                Math.max(0, tokensOut - part.tokensOut),
                costUsd.subtract(part.costUsd).max(BigDecimal.ZERO),
                unsettledUsd.subtract(part.unsettledUsd).max(BigDecimal.ZERO));
    }

    /** No part is more than the whole, whoever wrote it. */
    public Spent atMost(Spent whole) {
        return new Spent(
                Math.min(calls, whole.calls),
                Math.min(tokensIn, whole.tokensIn),
                Math.min(tokensOut, whole.tokensOut),
                costUsd.min(whole.costUsd),
                unsettledUsd.min(whole.unsettledUsd));
    }

    /** The most that it has cost. */
    BigDecimal mostUsd() {
        return costUsd.add(unsettledUsd);
    }
}
