package dev.battlestream.runner.scale;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.runner.battle.Fault;
import dev.battlestream.runner.scale.RunDecision.Action;
import dev.battlestream.runner.scale.RunDecision.CancelMember;
import dev.battlestream.runner.scale.RunDecision.Dropped;
import dev.battlestream.runner.scale.RunDecision.End;
import dev.battlestream.runner.scale.RunDecision.Ignore;
import dev.battlestream.runner.scale.RunDecision.Launch;
import dev.battlestream.runner.scale.RunInput.CancelAsked;
import dev.battlestream.runner.scale.RunInput.MemberEnded;
import dev.battlestream.runner.scale.RunInput.Requested;
import dev.battlestream.runner.scale.RunInput.TimeUp;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleRunDeciderTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private ScaleRun run = ScaleRun.UNKNOWN;

    @Test
    void asManyAsMayRunAreLaunchedAtOnce() {
        assertThat(when(requested(10, 3))).containsExactly(launch(1), launch(2), launch(3));
    }

    @Test
    void noMoreAreLaunchedThanWereAskedFor() {
        assertThat(when(requested(2, 3))).containsExactly(launch(1), launch(2));
    }

    @Test
    void theNextIsLaunchedWhenOneEnds() {
        when(requested(10, 3));

        assertThat(when(ended(2))).containsExactly(launch(4));
        assertThat(when(ended(4))).containsExactly(launch(5));
    }

    @Test
    void aRunIsCompletedWhenItsLastMemberHasEnded() {
        when(requested(2, 1));
        when(goal(1, "0.25"));

        List<Action> plan = when(goal(2, "0.50"));

        RunOutcome outcome = outcomeOf(plan);
        assertThat(outcome.reason()).isEqualTo(RunEndReason.COMPLETED);
        assertThat(outcome.progress().launched()).isEqualTo(2);
        assertThat(outcome.progress().goals()).isEqualTo(2);
        assertThat(outcome.progress().costUsd()).isEqualByComparingTo("0.75");
        assertThat(run).isEqualTo(new ScaleRun.Ended(NOW));
    }

    @Test
    void aMemberThatEndsAgainCountsOnce() {
        when(requested(10, 1));
        when(ended(1));

        assertThat(when(ended(1))).containsExactly(new Ignore(Dropped.NO_RUNNING_MEMBER));
        assertThat(when(ended(3))).containsExactly(new Ignore(Dropped.NO_RUNNING_MEMBER));
    }

    @Test
    void anotherRequestOfTheRunIsIgnored() {
        when(requested(10, 1));

        assertThat(when(requested(5, 5))).containsExactly(new Ignore(Dropped.REPEATED_REQUEST));
    }

    @Test
    void aCancelledRunLaunchesNoMoreAndEndsWithItsLastMember() {
        when(requested(10, 2));

        assertThat(when(new CancelAsked(NOW)))
                .containsExactly(
                        new CancelMember(1, RunEndReason.MANUAL),
                        new CancelMember(2, RunEndReason.MANUAL));
        assertThat(when(new CancelAsked(NOW))).containsExactly(new Ignore(Dropped.REPEATED_CANCEL));
        assertThat(when(ended(1))).isEmpty();
        assertThat(when(ended(1))).containsExactly(new Ignore(Dropped.NO_RUNNING_MEMBER));
        RunOutcome outcome = outcomeOf(when(goal(2, "0")));
        assertThat(outcome.reason()).isEqualTo(RunEndReason.MANUAL);
        assertThat(outcome.progress().launched()).isEqualTo(2);
        assertThat(outcome.progress().goals()).isEqualTo(1);
    }

    @Test
    void aRunThatTakesTooLongIsStoppedAsTimeout() {
        when(requested(10, 1));

        assertThat(when(new TimeUp(NOW)))
                .containsExactly(new CancelMember(1, RunEndReason.TIMEOUT));
        assertThat(outcomeOf(when(ended(1))).reason()).isEqualTo(RunEndReason.TIMEOUT);
    }

    @Test
    void aMemberWhoseEndNeverComesIsGivenUpAndWhatItHeldMayBeOnABill() {
        when(requested(4, 2, "1.00", null));
        when(new CancelAsked(NOW));
        when(ended(1, "0.10"));

        RunOutcome outcome = outcomeOf(when(new TimeUp(NOW)));

        assertThat(outcome.reason()).isEqualTo(RunEndReason.MANUAL);
        assertThat(outcome.progress().costUsd()).isEqualByComparingTo("0.10");
        assertThat(outcome.progress().unsettledUsd()).isEqualByComparingTo("0.25");
    }

    @Test
    void aRunWhoseEndWasAskedForBeforeItLaunchesNothing() {
        assertThat(when(new CancelAsked(NOW))).isEmpty();

        RunOutcome outcome = outcomeOf(when(requested(10, 3)));

        assertThat(outcome.reason()).isEqualTo(RunEndReason.MANUAL);
        assertThat(outcome.progress()).isEqualTo(RunProgress.NONE);
    }

    @Test
    void aCancellationThatNoRequestFollowsIsForgotten() {
        when(new CancelAsked(NOW));

        assertThat(when(new TimeUp(NOW))).containsExactly(new Ignore(Dropped.UNREQUESTED));
        assertThat(run).isEqualTo(ScaleRun.UNKNOWN);
    }

    @Test
    void aRefusedRunEndsAtOnceWithTheReason() {
        Fault fault = new Fault(Fault.Blame.REQUEST, "runCount must be 1 to 10, not 11");

        RunOutcome outcome =
                outcomeOf(when(new Requested(terms(11, 1, null, null), Optional.of(fault), NOW)));

        assertThat(outcome.reason()).isEqualTo(RunEndReason.ERROR);
        assertThat(outcome.fault()).contains(fault);
        assertThat(outcome.progress().launched()).isZero();
    }

    @Test
    void whatComesAfterTheEndIsIgnored() {
        when(requested(1, 1));
        when(ended(1));

        assertThat(when(ended(1))).containsExactly(new Ignore(Dropped.AFTER_END));
        assertThat(when(new CancelAsked(NOW))).containsExactly(new Ignore(Dropped.AFTER_END));
        assertThat(when(requested(1, 1))).containsExactly(new Ignore(Dropped.REPEATED_REQUEST));
        assertThat(when(new TimeUp(NOW))).isEmpty();
    }

    @Test
    void aMemberOfARunThatNobodyAskedForIsIgnored() {
        assertThat(when(ended(1))).containsExactly(new Ignore(Dropped.UNREQUESTED));
    }

    // ---- money

    @Test
    void aBudgetIsSharedEvenlyAndWhatIsNotSpentReturns() {
        assertThat(when(requested(4, 2, "1.00", null)))
                .containsExactly(launch(1, "0.25"), launch(2, "0.25"));

        // 0.90 is left for three, one of which holds 0.25.
        assertThat(when(ended(1, "0.10"))).containsExactly(launch(3, "0.325"));
        assertThat(when(ended(2, "0.25"))).containsExactly(launch(4, "0.325"));
    }

    @Test
    void eachMemberGetsTheBudgetOfItsBattleWhileItFits() {
        assertThat(when(requested(10, 3, "1.00", "0.40")))
                .containsExactly(launch(1, "0.40"), launch(2, "0.40"));

        // 0.20 is free, and 0.30 comes back.
        assertThat(when(ended(1, "0.10"))).containsExactly(launch(3, "0.40"));
        assertThat(when(ended(2, "0.40"))).isEmpty();
        RunOutcome outcome = outcomeOf(when(ended(3, "0.40")));
        assertThat(outcome.reason()).isEqualTo(RunEndReason.BUDGET);
        assertThat(outcome.progress().launched()).isEqualTo(3);
        assertThat(outcome.progress().costUsd()).isEqualByComparingTo("0.90");
    }

    @Test
    void whatMayBeOnTheBillCountsAsSpent() {
        when(requested(2, 1, "1.00", "0.60"));

        RunOutcome outcome =
                outcomeOf(when(new MemberEnded(1, false, usd("0.10"), usd("0.50"), NOW)));

        assertThat(outcome.reason()).isEqualTo(RunEndReason.BUDGET);
        assertThat(outcome.progress().unsettledUsd()).isEqualByComparingTo("0.50");
    }

    @Test
    void aRunWhoseBudgetHasNoRoomForItsFirstMemberEndsAtOnce() {
        RunOutcome outcome = outcomeOf(when(requested(2, 1, "0.10", "0.60")));

        assertThat(outcome.reason()).isEqualTo(RunEndReason.BUDGET);
        assertThat(outcome.progress().launched()).isZero();
    }

    @Test
    void aShareIsRoundedDownSoThatTheSumStaysWithin() {
        when(requested(3, 3, "1.00", null));

        assertThat(((ScaleRun.Running) run).progress().running().values())
                .containsExactly(usd("0.333333333"), usd("0.333333333"), usd("0.333333334"));
    }

    /** Whatever ends when, the members hold and have spent no more than the budget. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noOrderOfEndsBreaksACap(long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(60);
        int concurrency = 1 + random.nextInt(8);
        BigDecimal budget = usd("1.00");
        boolean own = random.nextBoolean();
        SortedMap<Integer, BigDecimal> live = new TreeMap<>();
        List<Integer> launched = new ArrayList<>();
        BigDecimal spent = BigDecimal.ZERO;
        List<Action> plan = when(requested(count, concurrency, "1.00", own ? "0.07" : null));
        while (true) {
            for (Action action : plan) {
                if (action instanceof Launch(int index, var slice)) {
                    live.put(index, slice.orElseThrow());
                    launched.add(index);
                }
            }
            BigDecimal held = live.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(spent.add(held)).isLessThanOrEqualTo(budget);
            assertThat(live).hasSizeLessThanOrEqualTo(concurrency);
            if (run instanceof ScaleRun.Ended) {
                break;
            }
            int index = List.copyOf(live.keySet()).get(random.nextInt(live.size()));
            BigDecimal slice = requireNonNull(live.remove(index));
            BigDecimal cost = random.nextInt(3) == 0 ? slice : usd("0.01").min(slice);
            spent = spent.add(cost);
            plan = when(new MemberEnded(index, false, cost, BigDecimal.ZERO, NOW));
        }
        assertThat(launched).doesNotHaveDuplicates().isSorted();
        RunOutcome outcome = outcomeOf(plan);
        assertThat(outcome.progress().launched()).isEqualTo(launched.size());
        assertThat(outcome.reason())
                .isEqualTo(launched.size() == count ? RunEndReason.COMPLETED : RunEndReason.BUDGET);
    }

    // ---- admission

    @ParameterizedTest
    @CsvSource({
        "runCount, 'runCount must be 1 to 10, not 11'",
        "concurrency, 'concurrency must be 1 to 3, not 0'",
        "timeout, 'timeoutSeconds must be 1 to 86400, not 86401'",
        "budget, budgetUsd must be more than 0",
        "battleBudget, 'battle: budgetUsd must not be more than the run''s'",
        "seed, seed must leave room",
        "case, runId must be a UUID in lower case",
        "variant, the variants must have different names",
        "stale, 'the request is stale: older than 168 hours'",
        "age, the record has no timestamp",
        "battle, battle: model",
        "id, runId must be a UUID"
    })
    void aRequestThatBreaksARuleIsToldWhich(String what, String told) {
        assertThat(RunAdmission.refusal(request(what), CAPS))
                .get()
                .satisfies(fault -> {
                    assertThat(fault.blame()).isEqualTo(Fault.Blame.REQUEST);
                    assertThat(fault.detail()).contains(told);
                });
    }

    @Test
    void aRequestThatKeepsTheRulesIsAccepted() {
        assertThat(RunAdmission.refusal(request(""), CAPS)).isEmpty();
    }

    private static final RunCaps CAPS =
            new RunCaps(10, 3, Duration.ofDays(1), 50, 200, Duration.ofDays(7));

    private static RunRequest request(String broken) {
        return new RunRequest(
                switch (broken) {
                    case "id" -> "run";
                    case "case" -> "0198F3C2-6f0a-7c55-9a55-0d6c2f1e7b12";
                    default -> "0198f3c2-6f0a-7c55-9a55-0d6c2f1e7b12";
                },
                switch (broken) {
                    case "age" -> Optional.empty();
                    case "stale" -> Optional.of(Duration.ofDays(8));
                    default -> Optional.of(Duration.ZERO);
                },
                broken.equals("runCount") ? 11 : 10,
                broken.equals("concurrency") ? 0 : 3,
                broken.equals("variant") ? List.of("a", "a") : List.of("a", "b"),
                Optional.of(broken.equals("budget") ? BigDecimal.ZERO : usd("1")),
                Optional.of(usd("0.5"))
                        .filter(_ -> !broken.equals("budget"))
                        .map(each -> broken.equals("battleBudget") ? usd("2") : each),
                Optional.of(broken.equals("seed") ? Long.MAX_VALUE - 1 : 7L),
                broken.equals("timeout") ? 86_401 : 86_400,
                Map.of("suite", "checkout"),
                Optional.of("client"),
                broken.equals("battle")
                        ? List.of(new Fault(Fault.Blame.REQUEST, "model 'x' is not allowed"))
                        : List.of());
    }

    // ---- words

    private List<Action> when(RunInput input) {
        RunDecision decision = ScaleRunDecider.decide(run, input);
        run = decision.run();
        return decision.actions();
    }

    private static RunOutcome outcomeOf(List<Action> plan) {
        return plan.stream()
                .filter(End.class::isInstance)
                .map(action -> ((End) action).outcome())
                .findFirst()
                .orElseThrow();
    }

    private static Requested requested(int count, int concurrency) {
        return requested(count, concurrency, null, null);
    }

    private static Requested requested(
            int count, int concurrency, @Nullable String budget, @Nullable String ofBattle) {
        return new Requested(terms(count, concurrency, budget, ofBattle), Optional.empty(), NOW);
    }

    private static RunTerms terms(
            int count, int concurrency, @Nullable String budget, @Nullable String ofBattle) {
        return new RunTerms(
                count,
                concurrency,
                Optional.ofNullable(budget).map(BigDecimal::new),
                Optional.ofNullable(ofBattle).map(BigDecimal::new),
                NOW,
                NOW.plusSeconds(60),
                Optional.of("client"),
                Map.of());
    }

    private static Launch launch(int index) {
        return new Launch(index, Optional.empty());
    }

    private static Launch launch(int index, String budget) {
        return new Launch(index, Optional.of(usd(budget).setScale(budget.equals("0.40") ? 2 : 9)));
    }

    private static MemberEnded ended(int index) {
        return ended(index, "0");
    }

    private static MemberEnded ended(int index, String cost) {
        return new MemberEnded(index, false, usd(cost), BigDecimal.ZERO, NOW);
    }

    private static MemberEnded goal(int index, String cost) {
        return new MemberEnded(index, true, usd(cost), BigDecimal.ZERO, NOW);
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount);
    }
}
