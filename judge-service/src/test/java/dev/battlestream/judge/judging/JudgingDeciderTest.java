package dev.battlestream.judge.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.judge.judging.Decision.Action.Drop;
import dev.battlestream.judge.judging.Decision.Action.Hold;
import dev.battlestream.judge.judging.Decision.Action.Judge;
import dev.battlestream.judge.judging.Decision.Action.Remember;
import dev.battlestream.judge.judging.Decision.Action.Settle;
import dev.battlestream.judge.judging.Docket.Closed;
import dev.battlestream.judge.judging.Docket.Open;
import dev.battlestream.judge.judging.JudgingInput.TimePassed;
import dev.battlestream.judge.judging.JudgingInput.TurnArrived;
import dev.battlestream.judge.judging.JudgingInput.VerdictArrived;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JudgingDeciderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant HORIZON = NOW.minus(Duration.ofDays(30));

    @Test
    void aTurnOfTheAgentIsJudged() {
        Decision decision = JudgingDecider.decide(Docket.UNHEARD, agent(1, 1));

        assertThat(decision)
                .isEqualTo(new Decision(new Open(1, 1, 0, NOW), new Judge(1, Fitness.FIT)));
    }

    @Test
    void aMessageOfTheOpponentIsReadButNotJudged() {
        Decision decision = JudgingDecider.decide(new Open(1, 1, 1, NOW), opponent(2, 1));

        assertThat(decision).isEqualTo(new Decision(new Open(2, 1, 1, NOW), new Remember()));
    }

    @Test
    void aFailedMessageIsNotJudgedAndClosesTheBattle() {
        Decision decision = JudgingDecider.decide(new Open(2, 2, 2, NOW), failed(3, 3));

        assertThat(decision).isEqualTo(new Decision(new Closed(3, 2, 2, NOW), new Remember()));
    }

    @Test
    void aMessageAfterAFailedOneIsDropped() {
        Decision decision = JudgingDecider.decide(new Closed(3, 2, 2, NOW), agent(4, 3));

        assertThat(decision.action()).isEqualTo(new Drop(DropReason.TURN_AFTER_FAILURE));
    }

    @Test
    void onlyTheFirstRecordOfAMessageCounts() {
        Open docket = new Open(3, 3, 2, NOW);

        Decision decision = JudgingDecider.decide(docket, agent(3, 3));

        assertThat(decision).isEqualTo(new Decision(docket, new Drop(DropReason.REPEATED_TURN)));
    }

    @Test
    void aMessageInThePlaceOfAFailedOneComesTooLate() {
        Decision decision = JudgingDecider.decide(new Closed(3, 2, 2, NOW), agent(3, 3));

        assertThat(decision.action()).isEqualTo(new Drop(DropReason.REPEATED_TURN));
    }

    @Test
    void aMessageThatLeavesAGapIsDropped() {
        Decision decision = JudgingDecider.decide(Docket.UNHEARD, agent(2, 2));

        assertThat(decision)
                .isEqualTo(new Decision(Docket.UNHEARD, new Drop(DropReason.TURN_OUT_OF_ORDER)));
    }

    @Test
    void aMessageThatFollowsWithATurnThatDoesNotGetsAVerdictUnderTheNumberThatFollows() {
        Decision decision = JudgingDecider.decide(new Open(1, 1, 1, NOW), agent(2, 7));

        assertThat(decision)
                .isEqualTo(new Decision(new Open(2, 2, 1, NOW), new Judge(2, Fitness.MISNUMBERED)));
    }

    @Test
    void aMessageTooLargeToBeKeptGetsAVerdictAllTheSame() {
        Decision decision =
                JudgingDecider.decide(
                        Docket.UNHEARD,
                        new TurnArrived(1, 1, Speaker.AGENT, false, true, NOW, HORIZON));

        assertThat(decision)
                .isEqualTo(new Decision(new Open(1, 1, 0, NOW), new Judge(1, Fitness.OVERSIZED)));
    }

    @Test
    void aTurnIsHeldUntilTheVerdictBeforeItWasRead() {
        Decision early = JudgingDecider.decide(new Open(1, 1, 0, NOW), agent(2, 2));
        assertThat(early).isEqualTo(new Decision(new Open(2, 2, 0, NOW), new Hold(2, Fitness.FIT)));

        Decision released = JudgingDecider.decide(early.docket(), verdict(1));
        assertThat(released)
                .isEqualTo(new Decision(new Open(2, 2, 1, NOW), new Settle(1, OptionalInt.of(2))));

        assertThat(JudgingDecider.decide(released.docket(), verdict(2)).action())
                .isEqualTo(new Settle(2, OptionalInt.empty()));
    }

    @Test
    void aHeldTurnIsJudgedEvenAfterAFailedMessage() {
        Decision released = JudgingDecider.decide(new Closed(3, 2, 0, NOW), verdict(1));

        assertThat(released)
                .isEqualTo(
                        new Decision(new Closed(3, 2, 1, NOW), new Settle(1, OptionalInt.of(2))));
    }

    @Test
    void noMoreTurnsAreHeldThanABattleMayHave() {
        Open full = new Open(25, 25, 0, NOW);

        assertThat(JudgingDecider.decide(new Open(24, 24, 0, NOW), agent(25, 25)).action())
                .isEqualTo(new Hold(25, Fitness.FIT));
        assertThat(JudgingDecider.decide(full, agent(26, 26)))
                .isEqualTo(new Decision(full, new Drop(DropReason.TURN_TOO_FAR_AHEAD)));
    }

    @Test
    void aVerdictThatArrivesBeforeItsTurnIsKeptAndTheTurnCostsNoCall() {
        Docket ahead = JudgingDecider.decide(Docket.UNHEARD, verdict(1)).docket();

        Decision decision = JudgingDecider.decide(ahead, agent(1, 1));

        assertThat(decision).isEqualTo(new Decision(new Open(1, 1, 1, NOW), new Remember()));
    }

    @Test
    void aVerdictSettlesItsTurn() {
        Decision decision = JudgingDecider.decide(new Open(1, 1, 0, NOW), verdict(1));

        assertThat(decision)
                .isEqualTo(
                        new Decision(new Open(1, 1, 1, NOW), new Settle(1, OptionalInt.empty())));
    }

    @Test
    void aVerdictSettlesItsTurnEvenAfterAFailedMessage() {
        Decision decision = JudgingDecider.decide(new Closed(2, 1, 0, NOW), verdict(1));

        assertThat(decision)
                .isEqualTo(
                        new Decision(new Closed(2, 1, 1, NOW), new Settle(1, OptionalInt.empty())));
    }

    @Test
    void onlyTheFirstVerdictOfATurnCounts() {
        Decision decision = JudgingDecider.decide(new Open(1, 1, 1, NOW), verdict(1));

        assertThat(decision.action()).isEqualTo(new Drop(DropReason.REPEATED_VERDICT));
    }

    @Test
    void aVerdictThatLeavesAGapSettlesNothing() {
        Decision decision = JudgingDecider.decide(new Open(3, 3, 0, NOW), verdict(2));

        assertThat(decision.action()).isEqualTo(new Drop(DropReason.VERDICT_OUT_OF_ORDER));
    }

    @Test
    void aTurnOlderThanTheRetentionIsDropped() {
        Instant old = HORIZON.minusMillis(1);

        Decision decision =
                JudgingDecider.decide(
                        Docket.UNHEARD,
                        new TurnArrived(1, 1, Speaker.AGENT, false, false, old, HORIZON));

        assertThat(decision)
                .isEqualTo(new Decision(Docket.UNHEARD, new Drop(DropReason.STALE_TURN)));
    }

    @Test
    void aVerdictOfAForgottenBattleIsNotKept() {
        Instant old = HORIZON.minusMillis(1);

        Decision decision =
                JudgingDecider.decide(Docket.UNHEARD, new VerdictArrived(1, old, HORIZON));

        assertThat(decision)
                .isEqualTo(new Decision(Docket.UNHEARD, new Drop(DropReason.STALE_VERDICT)));
    }

    @Test
    void aBattleIsForgottenOnceItsLastRecordIsOlderThanTheRetention() {
        TimePassed time = new TimePassed(NOW);

        assertThat(JudgingDecider.decide(new Open(9, 5, 5, NOW.minusMillis(1)), time).docket())
                .isEqualTo(Docket.UNHEARD);
        assertThat(JudgingDecider.decide(new Closed(9, 5, 5, NOW.minusMillis(1)), time).docket())
                .isEqualTo(Docket.UNHEARD);
        assertThat(JudgingDecider.decide(new Open(9, 5, 5, NOW), time).docket())
                .isEqualTo(new Open(9, 5, 5, NOW));
    }

    @Test
    void aForgottenBattleThatIsReadAgainIsNotJudgedAgain() {
        Docket docket = Docket.UNHEARD;

        Decision stale =
                JudgingDecider.decide(
                        docket,
                        new TurnArrived(
                                1,
                                1,
                                Speaker.AGENT,
                                false,
                                false,
                                HORIZON.minusSeconds(1),
                                HORIZON));
        Decision younger = JudgingDecider.decide(stale.docket(), agent(2, 2));

        assertThat(younger.action()).isEqualTo(new Drop(DropReason.TURN_OUT_OF_ORDER));
    }

    static TurnArrived agent(int seq, int turn) {
        return new TurnArrived(seq, turn, Speaker.AGENT, false, false, NOW, HORIZON);
    }

    static TurnArrived opponent(int seq, int turn) {
        return new TurnArrived(seq, turn, Speaker.OTHER, false, false, NOW, HORIZON);
    }

    static TurnArrived failed(int seq, int turn) {
        return new TurnArrived(seq, turn, Speaker.AGENT, true, false, NOW, HORIZON);
    }

    static VerdictArrived verdict(int turn) {
        return new VerdictArrived(turn, NOW, HORIZON);
    }
}
