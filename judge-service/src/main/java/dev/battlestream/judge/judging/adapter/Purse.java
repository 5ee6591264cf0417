package dev.battlestream.judge.judging.adapter;

import dev.battlestream.events.TurnProduced;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What one judging may cost: a call is made only if its worst case fits, and is settled after it.
 * Not safe for use by several threads.
 */
final class Purse {

    /** Decimal places of money in the contract. */
    private static final int USD_SCALE = 9;

    private final Optional<BigDecimal> limit;
    private BigDecimal paid = BigDecimal.ZERO;
    private BigDecimal unsettled;

    private Purse(Optional<BigDecimal> limit, BigDecimal lost) {
        this.limit = limit;
        unsettled = lost;
    }

    /** Without a limit. */
    static Purse unbounded() {
        return new Purse(Optional.empty(), BigDecimal.ZERO);
    }

    /**
     * What a turn leaves for judging it.
     *
     * @param attempt which dispatch this is; each one before it was lost and may have cost as much
     *     as it was allowed to
     */
    static Purse of(TurnProduced turn, int attempt) {
        BigDecimal each = turn.getJudgingUsd();
        if (each == null) {
            return unbounded();
        }
        BigDecimal lost = lost(turn, attempt);
        BigDecimal left = turn.getBudgetLeftUsd();
        return new Purse(Optional.of(left == null ? each : each.min(left.subtract(lost))), lost);
    }

    /** The most that dispatches before this one may have cost. */
    static BigDecimal lost(TurnProduced turn, int attempt) {
        BigDecimal each = turn.getJudgingUsd();
        return each == null
                ? BigDecimal.ZERO
                : each.multiply(BigDecimal.valueOf(Math.max(0, attempt - 1)));
    }

    /** Whether a call that costs so much at most may be made; one that costs nothing always may. */
    boolean covers(BigDecimal worstCaseUsd) {
        return worstCaseUsd.signum() == 0
                || limit.map(most -> paid.add(worstCaseUsd).compareTo(most) <= 0).orElse(true);
    }

    /**
     * Settles a call.
     *
     * @param costUsd what it has cost
     * @param unsettledUsd the most that may be on the bill beside it
     */
    void settle(BigDecimal costUsd, BigDecimal unsettledUsd) {
        paid = paid.add(rounded(costUsd)).add(rounded(unsettledUsd));
        unsettled = unsettled.add(rounded(unsettledUsd));
    }

    /** The most that may be on the bill beside what the stages say. */
    BigDecimal unsettledUsd() {
        return unsettled;
    }

    private static BigDecimal rounded(BigDecimal usd) {
        return usd.setScale(USD_SCALE, RoundingMode.CEILING);
    }
}
