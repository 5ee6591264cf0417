package dev.battlestream.runner.battle;

import static dev.battlestream.runner.battle.BattleExamples.NOW;
import static dev.battlestream.runner.battle.BattleExamples.request;
import static dev.battlestream.runner.battle.BattleExamples.requested;
import static dev.battlestream.runner.battle.BattleExamples.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.runner.battle.BattleInput.CancelAsked;
import dev.battlestream.runner.battle.BattleInput.Ruling;
import dev.battlestream.runner.battle.BattleInput.TurnArrived;
import dev.battlestream.runner.battle.BattleInput.VerdictArrived;
import dev.battlestream.runner.battle.Decision.Action;
import dev.battlestream.runner.battle.Decision.End;
import dev.battlestream.runner.battle.Decision.StartTurn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A budget is never exceeded: what does not fit is not asked for. */
class BudgetTest {

    /** A call of the agent 0.10 and 0.01 a message, of the opponent 0.05; judging a turn 0.02. */
    private static final Tariff TARIFF =
            new Tariff(
                    new CallPrice(usd("0.10"), usd("0.01"), BigDecimal.ZERO),
                    new CallPrice(usd("0.05"), BigDecimal.ZERO, BigDecimal.ZERO),
                    usd("0.02"));

    private Battle battle = Battle.UNKNOWN;

    @ParameterizedTest(name = "a budget of {0} lets the first call be made: {1}")
    @CsvSource({"0.12, true", "0.119999999, false", "0.10, false", "0.13, true", "0.01, false"})
    void theFirstCallNeedsItsWorstCaseWithItsJudging(String budget, boolean fits) {
        List<Action> plan = when(requested(request(25, false, budget), TARIFF));

        assertThat(plan.stream().anyMatch(StartTurn.class::isInstance)).isEqualTo(fits);
        if (!fits) {
            Outcome outcome = outcome(plan);
            assertThat(outcome.reason()).isEqualTo(EndReason.BUDGET);
            assertThat(outcome.nextCallUsd()).contains(usd("0.12"));
            assertThat(outcome.progress().messages()).isZero();
        }
    }

    @ParameterizedTest(
            name = "with {0} left after a turn and its verdict the next one is asked for: {1}")
    @CsvSource({"0.13, true", "0.129999999, false"})
    void theNextCallNeedsWhatTheConversationHasGrownBy(String left, boolean fits) {
        String budget = usd("0.07").add(new BigDecimal(left)).toPlainString();
        when(requested(request(25, false, budget), TARIFF));
        when(turn(1, 1, Speaker.AGENT, spent("0.06")));

        List<Action> plan = when(verdict(1, "0.01"));

        assertThat(plan.stream().anyMatch(StartTurn.class::isInstance)).isEqualTo(fits);
        if (!fits) {
            assertThat(outcome(plan).nextCallUsd().orElseThrow()).isEqualByComparingTo(usd("0.13"));
            assertThat(outcome(plan).progress().mostUsd()).isEqualByComparingTo(usd("0.07"));
        }
    }

    @ParameterizedTest(name = "with {0} left the opponent is asked: {1}")
    @CsvSource({"0.05, true", "0.049999999, false"})
    void anOpponentsCallNeedsNoJudging(String left, boolean fits) {
        String budget = usd("0.07").add(new BigDecimal(left)).toPlainString();
        when(requested(request(25, true, budget), tariffWithCheapAgent()));
        when(turn(1, 1, Speaker.AGENT, spent("0.06")));

        List<Action> plan = when(verdict(1, "0.01"));

        assertThat(plan.stream().anyMatch(StartTurn.class::isInstance)).isEqualTo(fits);
    }

    private static Tariff tariffWithCheapAgent() {
        return new Tariff(
                new CallPrice(usd("0.06"), BigDecimal.ZERO, BigDecimal.ZERO),
                TARIFF.opponent(),
                usd("0.01"));
    }

    @Test
    void aBrokenOffAttemptCountsAsIfItHadBeenPaid() {
        when(requested(request(25, false, "0.25"), TARIFF));
        when(turn(1, 1, Speaker.AGENT, new Spent(2, 100, 20, usd("0.05"), usd("0.05"))));

        Outcome outcome = outcome(when(verdict(1, "0.03")));

        assertThat(outcome.reason()).isEqualTo(EndReason.BUDGET);
        assertThat(outcome.unsettledUsd()).isEqualByComparingTo(usd("0.05"));
        assertThat(outcome.progress().agent().costUsd()).isEqualByComparingTo(usd("0.05"));
    }

    @Test
    void aCallMayCostWhatTheBudgetLeavesBesideItsJudging() {
        List<Action> plan = when(requested(request(25, false, "0.30"), TARIFF));

        StartTurn start =
                plan.stream()
                        .filter(StartTurn.class::isInstance)
                        .map(StartTurn.class::cast)
                        .findFirst()
                        .orElseThrow();
        assertThat(start.allowance().covers(usd("0.28"))).isTrue();
        assertThat(start.allowance().covers(usd("0.280000001"))).isFalse();
    }

    @Test
    void aCallThatDoesNotFitAfterACrashEndsTheBattleAsBudgetAndTellsWhatWasLost() {
        when(requested(request(25, false, "0.15"), TARIFF));

        Outcome outcome =
                outcome(
                        when(
                                new TurnArrived(
                                        1,
                                        1,
                                        Optional.of(Speaker.AGENT),
                                        "",
                                        0,
                                        0,
                                        false,
                                        new Spent(0, 0, 0, BigDecimal.ZERO, usd("0.10")),
                                        Optional.of(new Fault(Fault.Blame.BUDGET, "no more")),
                                        NOW)));

        assertThat(outcome.reason()).isEqualTo(EndReason.BUDGET);
        assertThat(outcome.fault()).isEmpty();
        assertThat(outcome.unsettledUsd()).isEqualByComparingTo(usd("0.10"));
        assertThat(outcome.nextCallUsd()).contains(usd("0.12"));
    }

    @Test
    void aJudgeThatMayNotAskEndsTheBattleAsBudget() {
        when(requested(request(25, false, "0.15"), TARIFF));
        when(turn(1, 1, Speaker.AGENT, spent("0.10")));

        Outcome outcome =
                outcome(
                        when(
                                new VerdictArrived(
                                        1,
                                        Ruling.UNCERTAIN,
                                        Optional.empty(),
                                        spent("0.01"),
                                        Spent.NOTHING,
                                        Optional.of(new Fault(Fault.Blame.BUDGET, "no more")),
                                        NOW)));

        assertThat(outcome.reason()).isEqualTo(EndReason.BUDGET);
        assertThat(outcome.nextCallUsd()).contains(usd("0.02"));
        assertThat(outcome.unsettledUsd()).isEqualByComparingTo(usd("0.01"));
    }

    @Test
    void aCallInFlightAtTheEndMayBeOnTheBill() {
        when(requested(request(25, false, "1"), TARIFF));

        Outcome asked = outcome(when(new CancelAsked(EndReason.MANUAL, NOW)));

        assertThat(asked.unsettledUsd()).isEqualByComparingTo(usd("0.10"));
    }

    @Test
    void aJudgingInFlightAtTheEndMayBeOnTheBill() {
        when(requested(request(25, false, "1"), TARIFF));
        when(turn(1, 1, Speaker.AGENT, spent("0.10")));

        Outcome judged = outcome(when(new CancelAsked(EndReason.MANUAL, NOW)));

        assertThat(judged.unsettledUsd()).isEqualByComparingTo(usd("0.02"));
    }

    @Test
    void aCancellationBeforeTheRequestLeavesNothingInFlight() {
        when(new CancelAsked(EndReason.MANUAL, NOW));

        assertThat(outcome(when(requested(request(25, false, "1"), TARIFF))).unsettledUsd())
                .isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void bothJudgesAddUpToTheJudge() {
        when(requested(request(1, false, "1"), TARIFF));
        when(turn(1, 1, Speaker.AGENT, spent("0.10")));

        Outcome outcome =
                outcome(
                        when(
                                new VerdictArrived(
                                        1,
                                        Ruling.YES,
                                        Optional.empty(),
                                        new Spent(3, 300, 30, usd("0.017")),
                                        new Spent(1, 200, 20, usd("0.012")),
                                        Optional.empty(),
                                        NOW)));

        assertThat(outcome.progress().fastJudge()).isEqualTo(new Spent(2, 100, 10, usd("0.005")));
        assertThat(outcome.progress().strongJudge()).isEqualTo(new Spent(1, 200, 20, usd("0.012")));
    }

    @Test
    void aStopWordEndsTheBattleOnceTheMessageIsKept() {
        when(requested(request(25, true, null)));
        when(turn(1));
        when(verdict(1, "0"));

        List<Action> plan =
                when(
                        new TurnArrived(
                                2,
                                1,
                                Optional.of(Speaker.OPPONENT),
                                "Goodbye then.",
                                13,
                                0,
                                true,
                                spent("0.01"),
                                Optional.empty(),
                                NOW));

        assertThat(plan).first().isInstanceOf(Decision.KeepMessage.class);
        Outcome outcome = outcome(plan);
        assertThat(outcome.reason()).isEqualTo(EndReason.STOPPED);
        assertThat(outcome.progress().messages()).isEqualTo(2);
        assertThat(outcome.progress().opponent().costUsd()).isEqualByComparingTo(usd("0.01"));
        assertThat(plan).noneMatch(StartTurn.class::isInstance);
    }

    /** Whatever calls cost within their worst case, and however many attempts are lost. */
    @RepeatedTest(200)
    void noBattleEverCostsMoreThanItsBudget(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        BigDecimal budget = usd("0." + (10 + random.nextInt(90)));
        boolean opponent = random.nextBoolean();
        List<Action> plan = when(requested(request(25, opponent, budget.toPlainString()), TARIFF));
        for (int verdicts = 0; !(battle instanceof Battle.Ended); ) {
            if (battle instanceof Battle.AwaitingTurn awaiting) {
                BigDecimal worst =
                        awaiting.terms().tariff().call(awaiting.next(), awaiting.progress());
                plan =
                        when(
                                turn(
                                        awaiting.progress().messages() + 1,
                                        awaiting.turn(),
                                        awaiting.next(),
                                        within(worst, random)));
            } else {
                plan =
                        when(
                                verdict(
                                        ++verdicts,
                                        within(usd("0.02"), random).mostUsd().toPlainString()));
            }
        }
        Outcome outcome = outcome(plan);
        BigDecimal most =
                outcome.progress()
                        .agent()
                        .costUsd()
                        .add(outcome.progress().opponent().costUsd())
                        .add(outcome.progress().judge().costUsd())
                        .add(outcome.unsettledUsd());
        assertThat(most).isLessThanOrEqualTo(budget);
    }

    private static Spent within(BigDecimal worst, Random random) {
        BigDecimal cost = worst.multiply(usd("0." + random.nextInt(10)));
        BigDecimal unsettled = random.nextInt(4) == 0 ? worst.subtract(cost) : BigDecimal.ZERO;
        return new Spent(1, 1, 1, cost, unsettled);
    }

    private List<Action> when(BattleInput input) {
        Decision decision = BattleDecider.decide(battle, input);
        battle = decision.battle();
        return new ArrayList<>(decision.actions());
    }

    private static Outcome outcome(List<Action> plan) {
        return plan.stream()
                .filter(End.class::isInstance)
                .map(End.class::cast)
                .findFirst()
                .orElseThrow()
                .outcome();
    }

    private static VerdictArrived verdict(int turn, String costUsd) {
        return new VerdictArrived(
                turn,
                Ruling.NO,
                Optional.empty(),
                spent(costUsd),
                Spent.NOTHING,
                Optional.empty(),
                NOW);
    }

    private static Spent spent(String usd) {
        return new Spent(1, 100, 20, usd(usd));
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount);
    }
}
