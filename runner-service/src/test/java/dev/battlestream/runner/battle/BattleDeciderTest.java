package dev.battlestream.runner.battle;

import static dev.battlestream.runner.battle.BattleExamples.ID;
import static dev.battlestream.runner.battle.BattleExamples.NOW;
import static dev.battlestream.runner.battle.BattleExamples.failedTurn;
import static dev.battlestream.runner.battle.BattleExamples.request;
import static dev.battlestream.runner.battle.BattleExamples.requested;
import static dev.battlestream.runner.battle.BattleExamples.turn;
import static dev.battlestream.runner.battle.BattleExamples.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.runner.battle.BattleInput.CancelAsked;
import dev.battlestream.runner.battle.BattleInput.Ruling;
import dev.battlestream.runner.battle.BattleInput.TimeUp;
import dev.battlestream.runner.battle.BattleInput.TurnArrived;
import dev.battlestream.runner.battle.BattleInput.VerdictArrived;
import dev.battlestream.runner.battle.Decision.Action;
import dev.battlestream.runner.battle.Decision.CancelTurn;
import dev.battlestream.runner.battle.Decision.Dropped;
import dev.battlestream.runner.battle.Decision.End;
import dev.battlestream.runner.battle.Decision.Ignore;
import dev.battlestream.runner.battle.Decision.KeepMessage;
import dev.battlestream.runner.battle.Decision.StartTurn;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class BattleDeciderTest {

    @Test
    void anAcceptedRequestAsksForTheFirstMessage() {
        assertThat(when(requested(request(25))))
                .containsExactly(new StartTurn(1, 1, Speaker.AGENT, Allowance.UNBOUNDED));
    }

    @Test
    void aMessageOfTheAgentIsKeptAndThenJudged() {
        given(requested(request(25)));

        assertThat(when(turn(1))).containsExactly(new KeepMessage(1, Speaker.AGENT, "message 1"));
        assertThat(battle).isInstanceOf(Battle.AwaitingVerdict.class);
    }

    @Test
    void aVerdictOfNoAsksForTheNextMessage() {
        given(requested(request(25)), turn(1));

        assertThat(when(verdict(1, Ruling.NO)))
                .containsExactly(new StartTurn(2, 2, Speaker.AGENT, Allowance.UNBOUNDED));
    }

    @Test
    void anUncertainVerdictGoesOn() {
        given(requested(request(25)), turn(1));

        assertThat(when(verdict(1, Ruling.UNCERTAIN)))
                .containsExactly(new StartTurn(2, 2, Speaker.AGENT, Allowance.UNBOUNDED));
    }

    @Test
    void aVerdictOfYesEndsTheBattleOnGoal() {
        given(requested(request(25)), turn(1));

        Outcome outcome = outcomeOf(when(verdict(1, Ruling.YES)));

        assertThat(outcome.reason()).isEqualTo(EndReason.GOAL);
        assertThat(outcome.progress().turns()).isEqualTo(1);
        assertThat(outcome.progress().messages()).isEqualTo(1);
        assertThat(outcome.progress().verdicts()).isEqualTo(1);
        assertThat(outcome.progress().mostUsd()).isEqualByComparingTo("0.02");
        assertThat(battle).isEqualTo(new Battle.Ended(NOW));
    }

    @Test
    void theLastMessageIsJudgedBeforeTheBattleEndsOnLimit() {
        given(requested(request(2)), turn(1), verdict(1, Ruling.NO), turn(2));

        Outcome outcome = outcomeOf(when(verdict(2, Ruling.NO)));

        assertThat(outcome.reason()).isEqualTo(EndReason.LIMIT);
        assertThat(outcome.progress().turns()).isEqualTo(2);
    }

    @Test
    void aGoalReachedWithTheLastMessageIsAGoal() {
        given(requested(request(1)), turn(1));

        assertThat(outcomeOf(when(verdict(1, Ruling.YES))).reason()).isEqualTo(EndReason.GOAL);
    }

    @Test
    void anOpponentAnswersBetweenTheTurnsAndIsNotJudged() {
        given(requested(request(25, true, null)), turn(1));

        assertThat(when(verdict(1, Ruling.NO)))
                .containsExactly(new StartTurn(2, 1, Speaker.OPPONENT, Allowance.UNBOUNDED));
        assertThat(when(turn(2, 1, Speaker.OPPONENT)))
                .containsExactly(
                        new KeepMessage(2, Speaker.OPPONENT, "message 2"),
                        new StartTurn(3, 2, Speaker.AGENT, Allowance.UNBOUNDED));
    }

    @Test
    void theOutcomeTellsHowLongEachTurnOfTheAgentTook() {
        given(
                requested(request(25, true, null)),
                turn(1),
                verdict(1, Ruling.NO),
                turn(2, 1, Speaker.OPPONENT),
                turn(3, 2, Speaker.AGENT));

        Outcome outcome = outcomeOf(when(verdict(2, Ruling.YES)));

        assertThat(outcome.progress().latenciesMs()).containsExactly(100L, 300L);
    }

    @Test
    void aProviderThatFailsForGoodEndsTheBattleWithItsClass() {
        given(requested(request(25)), turn(1), verdict(1, Ruling.NO));

        Outcome outcome = outcomeOf(when(failedTurn(2)));

        assertThat(outcome.reason()).isEqualTo(EndReason.ERROR);
        assertThat(outcome.fault())
                .contains(new Fault(Fault.Blame.PROVIDER, "the provider is down"));
        assertThat(outcome.progress().messages()).isEqualTo(1);
    }

    @Test
    void aJudgeThatFailsForGoodIsNotHeldAgainstTheAgent() {
        given(requested(request(25)), turn(1));
        Fault fault = new Fault(Fault.Blame.JUDGE, "no judge");

        Outcome outcome =
                outcomeOf(
                        when(
                                new VerdictArrived(
                                        1,
                                        Ruling.UNCERTAIN,
                                        Optional.empty(),
                                        Spent.NOTHING,
                                        Spent.NOTHING,
                                        Optional.of(fault),
                                        NOW)));

        assertThat(outcome.reason()).isEqualTo(EndReason.ERROR);
        assertThat(outcome.fault()).contains(fault);
        assertThat(outcome.progress().verdicts()).isZero();
    }

    @Test
    void aSpentBudgetEndsTheBattleBeforeTheNextCall() {
        given(requested(request(25, false, "0.02")), turn(1));

        Outcome outcome = outcomeOf(when(verdict(1, Ruling.NO)));

        assertThat(outcome.reason()).isEqualTo(EndReason.BUDGET);
        assertThat(outcome.progress().mostUsd()).isEqualByComparingTo(new BigDecimal("0.02"));
    }

    @Test
    void cancellingWhileAMessageIsAskedForCancelsTheCall() {
        given(requested(request(25)));

        List<Action> plan = when(new CancelAsked(EndReason.MANUAL, NOW));

        assertThat(plan).first().isEqualTo(new CancelTurn(1));
        assertThat(outcomeOf(plan).reason()).isEqualTo(EndReason.MANUAL);
    }

    @Test
    void aPassedDeadlineEndsTheBattleAsTimeout() {
        given(requested(request(25)), turn(1));

        assertThat(outcomeOf(when(new TimeUp(NOW))).reason()).isEqualTo(EndReason.TIMEOUT);
    }

    @Test
    void aVerdictThatArrivesBeforeItsTurnIsKept() {
        given(requested(request(25)), verdict(1, Ruling.NO));

        assertThat(when(turn(1)))
                .containsExactly(
                        new KeepMessage(1, Speaker.AGENT, "message 1"),
                        new StartTurn(2, 2, Speaker.AGENT, Allowance.UNBOUNDED));
    }

    @Test
    void whatWasPlayedBeforeTheReplayedRequestIsNotAskedForAgain() {
        assertThat(when(turn(1))).containsExactly(new KeepMessage(1, Speaker.AGENT, "message 1"));
        assertThat(when(turn(2))).containsExactly(new KeepMessage(2, Speaker.AGENT, "message 2"));
        given(verdict(1, Ruling.NO));

        assertThat(when(requested(request(25)))).isEmpty();
        assertThat(battle).isInstanceOf(Battle.AwaitingVerdict.class);
    }

    @Test
    void aCancellationThatArrivesBeforeItsRequestIsKept() {
        given(turn(1), new CancelAsked(EndReason.MANUAL, NOW));

        List<Action> plan = when(requested(request(25)));

        assertThat(plan).noneMatch(StartTurn.class::isInstance);
        assertThat(outcomeOf(plan).reason()).isEqualTo(EndReason.MANUAL);
        assertThat(outcomeOf(plan).progress().messages()).isEqualTo(1);
    }

    @Test
    void aRepeatedTurnIsDropped() {
        given(requested(request(25)), turn(1));

        assertThat(when(turn(1))).containsExactly(new Ignore(Dropped.REPEATED_TURN));
    }

    @Test
    void aRepeatedVerdictIsDroppedEvenWhenItSaysOtherwise() {
        given(requested(request(25)), turn(1), verdict(1, Ruling.NO));

        assertThat(when(verdict(1, Ruling.YES)))
                .containsExactly(new Ignore(Dropped.REPEATED_VERDICT));
    }

    @Test
    void aRepeatedRequestNeverRunsTwice() {
        given(requested(request(25)), new CancelAsked(EndReason.MANUAL, NOW));

        assertThat(when(requested(request(25))))
                .containsExactly(new Ignore(Dropped.REPEATED_REQUEST));
    }

    @Test
    void aTurnWithoutItsPredecessorIsDropped() {
        given(requested(request(25)));

        assertThat(when(turn(3))).containsExactly(new Ignore(Dropped.OUT_OF_ORDER));
        assertThat(when(verdict(2, Ruling.YES))).containsExactly(new Ignore(Dropped.OUT_OF_ORDER));
    }

    @Test
    void strangersCannotFillTheMemoryOfAnUnrequestedBattle() {
        for (int seq = 1; seq <= 1_000; seq++) {
            decide(turn(seq));
            decide(verdict(seq, Ruling.NO));
        }

        assertThat(((Battle.Unrequested) battle).arrivals().turns()).hasSize(50);
        assertThat(((Battle.Unrequested) battle).arrivals().verdicts()).hasSize(25);
    }

    @Test
    void whatCameEarlyIsNotRepeatedInTheState() {
        given(turn(1));

        assertThat(((Battle.Unrequested) battle).arrivals().turns())
                .allMatch(turn -> turn.content().isEmpty());
    }

    @Test
    void aMessageThatLiesAboutItsSpeakerEndsTheBattleAsPlatformFault() {
        given(requested(request(25)));

        Outcome outcome = outcomeOf(when(turn(1, 1, Speaker.OPPONENT)));

        assertThat(outcome.reason()).isEqualTo(EndReason.ERROR);
        assertThat(outcome.fault())
                .contains(
                        new Fault(
                                Fault.Blame.PLATFORM,
                                "message 1 says to be turn 1 of OPPONENT, but it is turn 1 of"
                                        + " AGENT"));
        assertThat(outcome.progress().messages()).isZero();
    }

    @Test
    void aMessageThatLiesAboutItsTurnEndsTheBattleAsPlatformFault() {
        given(turn(1, 7, Speaker.AGENT));

        Outcome outcome = outcomeOf(when(requested(request(25))));

        assertThat(outcome.fault().orElseThrow().blame()).isEqualTo(Fault.Blame.PLATFORM);
    }

    @Test
    void aMessageOfAnUnknownSpeakerEndsTheBattleAsPlatformFault() {
        given(requested(request(25)));

        Outcome outcome =
                outcomeOf(
                        when(
                                new TurnArrived(
                                        1,
                                        1,
                                        Optional.empty(),
                                        "who am I?",
                                        9,
                                        0,
                                        false,
                                        Spent.NOTHING,
                                        Optional.empty(),
                                        NOW)));

        assertThat(outcome.fault().orElseThrow().blame()).isEqualTo(Fault.Blame.PLATFORM);
    }

    @Test
    void aRefusalRepeatsNoIdThatBreaksTheRules() {
        BattleRequest bad =
                new AdmissionTest.Fields().clientId("x".repeat(201)).runId("no uuid").build();

        Outcome outcome = outcomeOf(when(requested(bad)));

        assertThat(outcome.clientId()).isEmpty();
        assertThat(outcome.runId()).isEmpty();
    }

    @Test
    void aStrangersDetailIsCutAtTheBoundOfTheContract() {
        assertThat(new Fault(Fault.Blame.JUDGE, "x".repeat(5_000)).detail()).hasSize(1_000);
    }

    @Test
    void whatNobodyAskedForIsForgotten() {
        given(turn(1));

        assertThat(when(new TimeUp(NOW))).containsExactly(new Ignore(Dropped.UNREQUESTED));
        assertThat(battle).isEqualTo(Battle.UNKNOWN);
    }

    @Test
    void nothingHappensToAnEndedBattle() {
        given(requested(request(25)), new CancelAsked(EndReason.MANUAL, NOW));

        assertThat(when(turn(1))).containsExactly(new Ignore(Dropped.AFTER_END));
        assertThat(when(verdict(1, Ruling.YES))).containsExactly(new Ignore(Dropped.AFTER_END));
        assertThat(when(new TimeUp(NOW))).isEmpty();
    }

    @Test
    void aRequestBeyondTheLimitEndsWithAReadableRefusal() {
        Outcome outcome = outcomeOf(when(requested(request(26))));

        assertThat(outcome.reason()).isEqualTo(EndReason.ERROR);
        assertThat(outcome.fault().orElseThrow().blame()).isEqualTo(Fault.Blame.REQUEST);
        assertThat(outcome.fault().orElseThrow().detail())
                .isEqualTo("messageLimit must be 1 to 25, not 26");
        assertThat(battle).isInstanceOf(Battle.Ended.class);
    }

    // ---- given, when, then

    private Battle battle = Battle.UNKNOWN;

    private void given(BattleInput... inputs) {
        for (BattleInput input : inputs) {
            decide(input);
        }
    }

    private List<Action> when(BattleInput input) {
        return decide(input);
    }

    private List<Action> decide(BattleInput input) {
        Decision decision = BattleDecider.decide(battle, input);
        battle = decision.battle();
        return decision.actions();
    }

    private static Outcome outcomeOf(List<Action> plan) {
        return plan.stream()
                .filter(End.class::isInstance)
                .map(action -> ((End) action).outcome())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no end of " + ID + " in " + plan));
    }
}
