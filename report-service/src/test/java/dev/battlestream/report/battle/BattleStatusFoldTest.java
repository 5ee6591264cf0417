package dev.battlestream.report.battle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BattleStatusFoldTest {

    private static final String ID = "5b3c6d3e-6f0d-4c6e-9d55-0d1c6f1f3a01";

    @Test
    void aRequestedBattleIsQueued() {
        BattleStatus status = after(Story.requested());

        assertThat(status.state()).isEqualTo(BattleState.QUEUED);
        assertThat(status.progress()).isZero();
        assertThat(status.messageCount()).isZero();
        assertThat(status.times().startedAt()).isEqualTo(Story.START);
        assertThat(status.playingModel()).isEqualTo("scripted:never");
        assertThat(status.complete()).isFalse();
    }

    @Test
    void theFirstMessageSetsItRunning() {
        BattleStatus status = after(Story.requested(), Story.agent(1, 1));

        assertThat(status.state()).isEqualTo(BattleState.RUNNING);
        assertThat(status.turn()).isEqualTo(1);
        assertThat(status.messageCount()).isEqualTo(1);
        assertThat(status.progress()).isEqualTo(0.1);
        assertThat(status.times().lastActivityAt()).isEqualTo(Story.minute(1));
    }

    @Test
    void aMessageThatArrivesBeforeItsRequestMakesTheBattleKnown() {
        BattleStatus status = after(Story.agent(1, 1));

        assertThat(status.state()).isEqualTo(BattleState.RUNNING);
        assertThat(status.times().startedAt()).isEqualTo(Story.minute(1).minusMillis(500));
        assertThat(status.progress()).isEqualTo(1.0 / 25);
    }

    @Test
    void aVerdictThatArrivesBeforeItsMessageCounts() {
        BattleStatus status = after(Story.requested(), Story.judged(1, 1));

        assertThat(status.state()).isEqualTo(BattleState.RUNNING);
        assertThat(status.seen()).isEqualTo(new Seen(0, 0, 1));
        assertThat(status.used().judge().tokensIn()).isEqualTo(50);
    }

    @Test
    void usageIsSummedByRole() {
        BattleStatus status =
                after(
                        Story.requested(),
                        Story.agent(1, 1),
                        Story.judged(1, 1),
                        Story.opponent(2, 1),
                        Story.agent(3, 2));

        assertThat(status.used().agent()).isEqualTo(new Spent(2, 400, 40, new BigDecimal("0.002")));
        assertThat(status.used().opponent())
                .isEqualTo(new Spent(1, 200, 20, new BigDecimal("0.001")));
        assertThat(status.used().judge()).isEqualTo(new Spent(1, 50, 5, new BigDecimal("0.0001")));
        assertThat(status.used().total().tokensIn()).isEqualTo(650);
        assertThat(status.turn()).isEqualTo(2);
    }

    @Test
    void aRepeatedMessageIsDroppedAndNotPaidTwice() {
        BattleStatus before = after(Story.requested(), Story.agent(1, 1));

        assertThat(fold(before, Story.agent(1, 1)))
                .isEqualTo(new Folded.Dropped(DropReason.DUPLICATE));
    }

    @Test
    void aMessageWithoutItsPredecessorIsDropped() {
        assertThat(fold(null, Story.agent(2, 2))).isEqualTo(new Folded.Dropped(DropReason.GAP));
    }

    @Test
    void aMessageWithoutAPlaceIsDropped() {
        assertThat(fold(null, Story.agent(0, 1)))
                .isEqualTo(new Folded.Dropped(DropReason.BAD_PLACE));
    }

    @Test
    void aSecondRequestIsDropped() {
        assertThat(fold(after(Story.requested()), Story.requested(25)))
                .isEqualTo(new Folded.Dropped(DropReason.DUPLICATE));
    }

    @Test
    void aFailedTurnTakesItsPlaceButIsNoMessage() {
        BattleStatus status = after(Story.requested(), Story.agent(1, 1), Story.failedTurn(2, 2));

        assertThat(status.seen()).isEqualTo(new Seen(2, 1, 0));
        assertThat(status.turn()).isEqualTo(1);
        assertThat(fold(status, Story.agent(2, 2)))
                .isEqualTo(new Folded.Dropped(DropReason.DUPLICATE));
    }

    @Test
    void theOutcomeIsTheLastWord() {
        BattleStatus status =
                after(
                        Story.requested(),
                        Story.agent(1, 1),
                        Story.judged(1, 1),
                        Story.ended(EndReason.GOAL, 1, 1, 1));

        assertThat(status.state()).isEqualTo(BattleState.COMPLETED);
        assertThat(status.progress()).isEqualTo(1.0);
        assertThat(status.complete()).isTrue();
        assertThat(status.used().agent().tokensIn()).isEqualTo(777);
        assertThat(status.times().startedAt()).isEqualTo(Story.START.plusSeconds(2));
        assertThat(status.times().lastActivityAt()).isEqualTo(Story.minute(30));
    }

    @Test
    void anOutcomeThatOvertakesTheLastMessageIsNotCompleteUntilItArrives() {
        BattleStatus early =
                after(
                        Story.requested(),
                        Story.agent(1, 1),
                        Story.judged(1, 1),
                        Story.ended(EndReason.LIMIT, 2, 2, 2),
                        Story.judged(2, 2));

        assertThat(early.complete()).isFalse();
        assertThat(early.messageCount()).isEqualTo(2);

        BattleStatus late = kept(early, Story.agent(2, 2));

        assertThat(late.complete()).isTrue();
        assertThat(late.used()).isEqualTo(early.used());
        assertThat(late.times()).isEqualTo(early.times());
    }

    @Test
    void aMessageBeyondTheOutcomeIsForgottenOrDropped() {
        BattleStatus surplusFirst =
                after(
                        Story.requested(),
                        Story.agent(1, 1),
                        Story.judged(1, 1),
                        Story.agent(2, 2),
                        Story.ended(EndReason.MANUAL, 1, 1, 1));
        BattleStatus outcomeFirst =
                after(
                        Story.requested(),
                        Story.agent(1, 1),
                        Story.judged(1, 1),
                        Story.ended(EndReason.MANUAL, 1, 1, 1));

        assertThat(surplusFirst).isEqualTo(outcomeFirst);
        assertThat(fold(outcomeFirst, Story.agent(2, 2)))
                .isEqualTo(new Folded.Dropped(DropReason.BEYOND_END));
    }

    @Test
    void aSecondOutcomeIsDropped() {
        BattleStatus before = after(Story.requested(), Story.ended(EndReason.MANUAL, 0, 0, 0));

        assertThat(fold(before, Story.ended(EndReason.GOAL, 4, 4, 4)))
                .isEqualTo(new Folded.Dropped(DropReason.DUPLICATE));
    }

    @Test
    void aRequestThatIsRefusedEndsWithItsFailure() {
        Failure refusal = new Failure(Failure.Cause.REQUEST, "messageLimit is 1 to 25");
        BattleStatus status = after(Story.ended(EndReason.ERROR, 0, 0, 0, refusal));

        assertThat(status.state()).isEqualTo(BattleState.FAILED);
        assertThat(status.complete()).isTrue();
        assertThat(status.ending()).extracting(Ending::failure).isEqualTo(refusal);
    }

    @ParameterizedTest
    @CsvSource({
        "GOAL, COMPLETED", "LIMIT, COMPLETED", "PLATEAU, COMPLETED", "BUDGET, COMPLETED",
        "ERROR, FAILED", "MANUAL, CANCELED", "TIMEOUT, TIMEOUT", "UNKNOWN, COMPLETED"
    })
    void everyEndReasonLeavesAState(EndReason reason, BattleState state) {
        assertThat(after(Story.ended(reason, 0, 0, 0)).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @CsvSource({"0, 1.0", "-5, 1.0", "2, 0.5", "1000000, 0.04"})
    void progressStaysWithinReasonWhateverWasAskedFor(int limit, double progress) {
        BattleStatus status = after(Story.requested(limit), Story.agent(1, 1));

        assertThat(status.progress()).isEqualTo(progress);
    }

    @Test
    void ofADeletedBattleOnlyThatIsKept() {
        Instant deletedAt = Story.minute(40);
        Folded.Deleted marker = new Folded.Deleted(new DeletedBattle(ID, deletedAt));
        BattleStatus ended = after(Story.requested(), Story.ended(EndReason.GOAL, 0, 0, 0));

        for (BattleStatus before : new BattleStatus[] {ended, after(Story.requested())}) {
            assertThat(BattleStatusFold.fold(before, ID, Story.deleted(), deletedAt))
                    .isEqualTo(marker);
        }
        assertThat(BattleStatusFold.fold(null, ID, Story.deleted(), deletedAt)).isEqualTo(marker);
    }

    @Test
    void whatComesAfterADeletionIsDropped() {
        DeletedBattle marker = new DeletedBattle(ID, Story.minute(40));

        for (BattleEvent event :
                List.of(
                        Story.requested(),
                        Story.agent(1, 1),
                        Story.judged(1, 1),
                        Story.ended(EndReason.GOAL, 1, 1, 1),
                        Story.deleted())) {
            assertThat(BattleStatusFold.fold(marker, ID, event, Story.minute(50)))
                    .isEqualTo(new Folded.Dropped(DropReason.DELETED));
        }
    }

    private static BattleStatus after(BattleEvent... events) {
        BattleStatus status = null;
        for (BattleEvent event : events) {
            status = kept(status, event);
        }
        if (status == null) {
            throw new IllegalArgumentException("no events");
        }
        return status;
    }

    private static BattleStatus kept(@Nullable BattleStatus before, BattleEvent event) {
        return switch (fold(before, event)) {
            case Folded.Kept(var status) -> status;
            case Folded.Dropped(var reason) -> throw new AssertionError("dropped: " + reason);
            case Folded.Deleted(var marker) -> throw new AssertionError("deleted: " + marker);
        };
    }

    private static Folded fold(@Nullable BattleStatus before, BattleEvent event) {
        Instant recordedAt = Story.minute(40);
        return BattleStatusFold.fold(before, ID, event, recordedAt);
    }
}
