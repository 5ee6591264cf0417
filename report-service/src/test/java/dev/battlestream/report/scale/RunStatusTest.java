package dev.battlestream.report.scale;

import static dev.battlestream.report.scale.RunStory.START;
import static dev.battlestream.report.scale.RunStory.launched;
import static dev.battlestream.report.scale.RunStory.member;
import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Failure;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunStatusTest {

    private static final Instant NOW = START.plusSeconds(100);

    @Test
    void aRunWithoutMembersIsQueued() {
        RunStatus status = RunStatus.of(RunStory.running(), List.of(), NOW);

        assertThat(status.state()).isEqualTo(RunState.QUEUED);
        assertThat(status.progress()).isZero();
        assertThat(status.total()).isEqualTo(10);
        assertThat(status.launched()).isZero();
        assertThat(status.etaSeconds()).isNull();
        assertThat(status.requestedAt()).isEqualTo(START.minusSeconds(1));
        assertThat(status.startedAt()).isNull();
        assertThat(status.endedAt()).isNull();
        assertThat(status.lastPlace()).isZero();
        assertThat(status.costUsd()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(status.unsettledUsd()).isNull();
    }

    @Test
    void aRunWithAMemberIsRunningSinceItsLaunch() {
        RunStatus status = RunStatus.of(RunStory.running(), List.of(launched(2), launched(1)), NOW);

        assertThat(status.state()).isEqualTo(RunState.RUNNING);
        assertThat(status.launched()).isEqualTo(2);
        assertThat(status.running()).isEqualTo(2);
        assertThat(status.completed()).isZero();
        assertThat(status.startedAt()).isEqualTo(START.plusSeconds(1));
        assertThat(status.etaSeconds()).isNull();
    }

    @Test
    void whatHasEndedIsCountedByReason() {
        RunStatus status =
                RunStatus.of(
                        RunStory.running(),
                        List.of(
                                member(1, EndReason.GOAL, 4),
                                RunStory.failed(2, 2, Failure.Cause.PROVIDER),
                                member(3, EndReason.GOAL, 5),
                                launched(4)),
                        NOW);

        assertThat(status.completed()).isEqualTo(3);
        assertThat(status.running()).isOne();
        assertThat(status.progress()).isEqualTo(0.3);
        assertThat(status.counts())
                .containsExactlyEntriesOf(
                        RunStory.counts(Map.of(EndReason.GOAL, 2, EndReason.ERROR, 1)));
        assertThat(status.costUsd()).isEqualByComparingTo("0.187");
        assertThat(status.unsettledUsd()).isEqualByComparingTo("0.001");
        assertThat(status.lastPlace()).isEqualTo(103);
    }

    @Test
    void anUnknownReasonIsCompletedAndNothingElse() {
        RunStatus status =
                RunStatus.of(RunStory.running(), List.of(member(1, EndReason.UNKNOWN, 4)), NOW);

        assertThat(status.completed()).isOne();
        assertThat(status.counts()).containsExactlyEntriesOf(RunStory.counts(Map.of()));
    }

    @Test
    void whatIsLeftTakesAsManyWavesAsFitAtOnce() {
        // 30 s on average, 8 left, three at once: 80 s.
        RunStatus status =
                RunStatus.of(
                        RunStory.running(),
                        List.of(member(1, EndReason.GOAL, 2), member(2, EndReason.GOAL, 4)),
                        NOW);

        assertThat(status.etaSeconds()).isEqualTo(80);
    }

    @Test
    void aStartedSecondIsAWholeOne() {
        // 10 s on average, 8 left, three at once: 26.7 s.
        RunStatus status =
                RunStatus.of(
                        RunStory.running(),
                        List.of(member(1, EndReason.GOAL, 1), member(2, EndReason.GOAL, 1)),
                        NOW);

        assertThat(status.etaSeconds()).isEqualTo(27);
    }

    @Test
    void noRunIsExpectedToOutlastItsTimeLimit() {
        List<Member> members = List.of(member(1, EndReason.GOAL, 2));
        Instant limit = START.plusSeconds(1).plus(Duration.ofMinutes(30));

        assertThat(RunStatus.of(RunStory.running(), members, limit.minusSeconds(7)).etaSeconds())
                .isEqualTo(7);
        assertThat(RunStatus.of(RunStory.running(), members, limit.plusSeconds(7)).etaSeconds())
                .isZero();
    }

    @Test
    void onceAllBattlesHaveEndedOnlyTheOutcomeIsAwaited() {
        RunStatus status = RunStatus.of(RunStory.running(), RunStory.members(), NOW);

        assertThat(status.state()).isEqualTo(RunState.RUNNING);
        assertThat(status.progress()).isOne();
        assertThat(status.etaSeconds()).isZero();
        assertThat(status.running()).isZero();
    }

    @Test
    void whileTheRequestIsUnknownTheTotalIsWhatWasSeen() {
        RunStatus status =
                RunStatus.of(
                        Run.unknown(RunStory.RUN_ID),
                        List.of(member(1, EndReason.GOAL, 2), launched(2)),
                        NOW);

        assertThat(status.total()).isEqualTo(2);
        assertThat(status.progress()).isEqualTo(0.5);
        assertThat(status.etaSeconds()).isNull();
        assertThat(status.requestedAt()).isNull();
    }

    @Test
    void anEndedRunIsDoneHoweverManyBattlesItPlayed() {
        RunStatus status =
                RunStatus.of(
                        RunStory.ended(RunEndReason.BUDGET, 2),
                        List.of(member(1, EndReason.GOAL, 2), member(2, EndReason.GOAL, 3)),
                        NOW);

        assertThat(status.state()).isEqualTo(RunState.COMPLETED);
        assertThat(status.endedReason()).isEqualTo(RunEndReason.BUDGET);
        assertThat(status.progress()).isOne();
        assertThat(status.total()).isEqualTo(10);
        assertThat(status.launched()).isEqualTo(2);
        assertThat(status.running()).isZero();
        assertThat(status.etaSeconds()).isNull();
        assertThat(status.startedAt()).isEqualTo(START.plusSeconds(1));
        assertThat(status.endedAt()).isEqualTo(START.plusSeconds(190));
    }

    /** The topics are not ordered among each other: the outcome may be read first. */
    @Test
    void theOutcomeTellsOfLaunchesThatWereNotSeenYet() {
        RunStatus status =
                RunStatus.of(RunStory.ended(), List.of(member(1, EndReason.GOAL, 2)), NOW);

        assertThat(status.launched()).isEqualTo(10);
        assertThat(status.completed()).isOne();
        assertThat(status.running()).isZero();
    }

    @Test
    void membersBeyondWhatWasAskedForDoNotCount() {
        RunStatus status =
                RunStatus.of(
                        RunStory.running(),
                        List.of(
                                member(10, EndReason.GOAL, 2),
                                member(11, EndReason.GOAL, 2),
                                launched(12)),
                        NOW);

        assertThat(status.launched()).isOne();
        assertThat(status.completed()).isOne();
        assertThat(status.running()).isZero();
        assertThat(status.lastPlace()).isEqualTo(110);
        assertThat(RunStatus.of(RunStory.running(), List.of(launched(11)), NOW).state())
                .isEqualTo(RunState.QUEUED);
    }

    @Test
    void membersBeyondWhatWasLaunchedDoNotCount() {
        List<Member> members =
                List.of(
                        member(1, EndReason.GOAL, 2),
                        member(2, EndReason.GOAL, 3),
                        member(3, EndReason.GOAL, 2));

        RunStatus status = RunStatus.of(RunStory.ended(RunEndReason.BUDGET, 2), members, NOW);

        assertThat(status.launched()).isEqualTo(2);
        assertThat(status.completed()).isEqualTo(2);
        assertThat(status.costUsd())
                .isEqualByComparingTo(
                        RunStatus.of(RunStory.running(), members.subList(0, 2), NOW).costUsd());
    }

    @Test
    void aRefusedRunSaysWhy() {
        Failure failure = new Failure(Failure.Cause.REQUEST, "runCount is above 10");
        RunStatus status =
                RunStatus.of(
                        RunStory.ended(RunStory.specification(), RunEndReason.ERROR, 0, failure),
                        List.of(),
                        NOW);

        assertThat(status.state()).isEqualTo(RunState.FAILED);
        assertThat(status.failure()).isEqualTo(failure);
        assertThat(status.startedAt()).isEqualTo(START);
    }
}
