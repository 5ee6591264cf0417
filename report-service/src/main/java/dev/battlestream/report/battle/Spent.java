package dev.battlestream.report.battle;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What somebody has used.
 *
 * @param calls calls that reached a provider, failed ones included
 * @param tokensIn tokens of prompts
 * @param tokensOut tokens of answers
 * @param costUsd cost in US dollars, kept to nine decimal places and below a billion, as in the
 *     events
 */
public record Spent(int calls, long tokensIn, long tokensOut, BigDecimal costUsd) {

    /** Decimal places of money, as in the events. */
    public static final int MONEY_SCALE = 9;

    // Stands before the first instance, which needs it.
    private static final BigDecimal MOST_USD = new BigDecimal("999999999.999999999");

    /** Nothing used yet. */
    public static final Spent NOTHING = new Spent(0, 0, 0, BigDecimal.ZERO);

    public Spent {
        costUsd = money(costUsd);
    }

    /**
     * An amount as the views can keep it: nine decimal places, and a foreign writer's nonsense
     * brought back into the range of the contract.
     */
    public static BigDecimal money(BigDecimal usd) {
        return usd.setScale(MONEY_SCALE, RoundingMode.HALF_UP).min(MOST_USD).max(MOST_USD.negate());
    }

    /** Without the part. */
    Spent without(Spent part) {
        return new Spent(
                calls - part.calls,
                tokensIn - part.tokensIn,
                tokensOut - part.tokensOut,
                costUsd.subtract(part.costUsd));
    }

    /** A part is not more than the whole, whoever wrote it. */
    Spent atMost(Spent whole) {
        return new Spent(
                Math.min(calls, whole.calls),
                Math.min(tokensIn, whole.tokensIn),
                Math.min(tokensOut, whole.tokensOut),
                costUsd.min(whole.costUsd));
    }

    /** This and more. */
    public Spent plus(Spent more) {
        return new Spent(
                calls + more.calls,
                tokensIn + more.tokensIn,
                tokensOut + more.tokensOut,
                costUsd.add(more.costUsd));
    }
}
