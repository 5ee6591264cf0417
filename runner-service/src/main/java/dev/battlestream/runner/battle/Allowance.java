package dev.battlestream.runner.battle;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a call may cost, in US dollars, every dispatch of it together.
 *
 * @param leftUsd what is left of the budget for the call and for judging its message; empty where
 *     there is no budget
 * @param judgingUsd the part of it that is kept for judging
 */
public record Allowance(Optional<BigDecimal> leftUsd, BigDecimal judgingUsd) {

    public static final Allowance UNBOUNDED = new Allowance(Optional.empty(), BigDecimal.ZERO);

    /** Whether a call that costs so much at most may be made. */
    public boolean covers(BigDecimal worstCaseUsd) {
        return leftUsd.map(left -> worstCaseUsd.add(judgingUsd).compareTo(left) <= 0).orElse(true);
    }

    /**
     * The most that one judging may cost of what is left. Where it is thought to cost nothing, the
     * judge may know better.
     */
    public BigDecimal judgingOf(BigDecimal left) {
        return judgingUsd.signum() == 0 ? left : judgingUsd.min(left);
    }

    /** What is left for judging once the call has cost so much. */
    public Optional<BigDecimal> afterwards(BigDecimal costUsd) {
        return leftUsd.map(left -> left.subtract(costUsd).max(BigDecimal.ZERO));
    }
}
