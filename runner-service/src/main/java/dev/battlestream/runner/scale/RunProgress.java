package dev.battlestream.runner.scale;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a run is.
 *
 * @param launched members that were launched: those with index 1 to this
 * @param running those of them that have not ended, each with the part of the run's budget that it
 *     holds; zero in a run without a budget
 * @param goals members that ended as GOAL
 * @param costUsd what the ended members have cost
 * @param unsettledUsd the most that may be on a provider's bill beside that
 */
public record RunProgress(
        int launched,
        SortedMap<Integer, BigDecimal> running,
        int goals,
        BigDecimal costUsd,
        BigDecimal unsettledUsd) {

    public static final RunProgress NONE =
            new RunProgress(0, new TreeMap<>(), 0, BigDecimal.ZERO, BigDecimal.ZERO);

    /** Digits behind the point of an amount of money in the contract. */
    private static final int MONEY_SCALE = 9;

    public RunProgress {
        running = Collections.unmodifiableSortedMap(new TreeMap<>(running));
    }

    /**
     * What the next member gets of the run's budget: the budget of its battle, or, where that names
     * none, an even share of what is left. What a member does not spend returns with its end.
     *
     * @return empty if there is not enough left now
     */
    Optional<BigDecimal> slice(BigDecimal budgetUsd, RunTerms terms) {
        BigDecimal held = running.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal left = budgetUsd.subtract(held).subtract(costUsd).subtract(unsettledUsd);
        BigDecimal slice =
                terms.battleBudgetUsd()
                        .orElseGet(() ->
                                left.divide(
                                        BigDecimal.valueOf((long) terms.runCount() - launched),
                                        MONEY_SCALE,
                                        RoundingMode.DOWN));
        return slice.signum() > 0 && slice.compareTo(left) <= 0
                ? Optional.of(slice)
                : Optional.empty();
    }

    /** The next member runs. */
    RunProgress launch(BigDecimal slice) {
        SortedMap<Integer, BigDecimal> more = new TreeMap<>(running);
        more.put(launched + 1, slice);
        return new RunProgress(launched + 1, more, goals, costUsd, unsettledUsd);
    }

    /** Nobody knows what became of those that ran: what they hold may be on a bill. */
    RunProgress withoutRunning() {
        BigDecimal held = running.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return new RunProgress(launched, new TreeMap<>(), goals, costUsd, unsettledUsd.add(held));
    }

    /** A running member has ended. */
    RunProgress ended(RunInput.MemberEnded member) {
        SortedMap<Integer, BigDecimal> fewer = new TreeMap<>(running);
        fewer.remove(member.index());
        return new RunProgress(
                launched,
                fewer,
                goals + (member.goal() ? 1 : 0),
                costUsd.add(member.costUsd()),
                unsettledUsd.add(member.unsettledUsd()));
    }
}
