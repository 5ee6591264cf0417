package dev.battlestream.report.scale;

import static dev.battlestream.report.scale.RunStory.START;
import static dev.battlestream.report.scale.RunStory.launched;
import static dev.battlestream.report.scale.RunStory.member;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.scale.RunReport.Latencies;
import dev.battlestream.report.scale.RunReport.TurnsToGoal;
import dev.battlestream.report.scale.RunReport.TurnsToGoal.Bin;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunReportTest {

    private static final RunReport REPORT = RunReport.of(RunStory.ended(), RunStory.members());

    @Test
    void membersThatCannotBeItsOwnAreNoPartOfIt() {
        List<Member> more = new ArrayList<>(RunStory.members());
        more.add(RunStory.member(11, EndReason.GOAL, 1));
        more.add(RunStory.launched(12));

        assertThat(RunReport.of(RunStory.ended(), more))
                .isEqualTo(RunReport.of(RunStory.ended(), RunStory.members()));
        assertThat(RunReport.of(RunStory.ended(RunEndReason.MANUAL, 4), more))
                .isEqualTo(
                        RunReport.of(
                                RunStory.ended(RunEndReason.MANUAL, 4),
                                RunStory.members().subList(0, 4)));
    }

    @Test
    void theSameRowsInAnyOrderGiveTheSameReport() {
        for (int seed = 0; seed < 100; seed++) {
            List<Member> shuffled = new ArrayList<>(RunStory.members());
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(RunReport.of(RunStory.ended(), shuffled)).isEqualTo(REPORT);
        }
    }

    @Test
    void membersStandByIndex() {
        assertThat(RunReport.of(RunStory.ended(), RunStory.members().reversed()).members())
                .extracting(Member::index)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    }

    @Test
    void theHeadIsThatOfTheRun() {
        assertThat(REPORT.runId()).isEqualTo(RunStory.RUN_ID);
        assertThat(REPORT.complete()).isTrue();
        assertThat(REPORT.state()).isEqualTo(RunState.COMPLETED);
        assertThat(REPORT.endedReason()).isEqualTo(RunEndReason.COMPLETED);
        assertThat(REPORT.failure()).isNull();
        assertThat(REPORT.specification()).isEqualTo(RunStory.specification());
        assertThat(REPORT.total()).isEqualTo(10);
        assertThat(REPORT.launched()).isEqualTo(10);
        assertThat(REPORT.completed()).isEqualTo(10);
        assertThat(REPORT.startedAt()).isEqualTo(START.plusSeconds(1));
        assertThat(REPORT.endedAt()).isEqualTo(START.plusSeconds(190));
        assertThat(REPORT.asOf()).isEqualTo(RunStory.ended().asOf());
    }

    @Test
    void endsAreCountedByReasonAndFailuresByTheirCause() {
        assertThat(REPORT.counts())
                .containsExactlyEntriesOf(
                        RunStory.counts(
                                Map.of(
                                        EndReason.GOAL, 7,
                                        EndReason.LIMIT, 1,
                                        EndReason.PLATEAU, 1,
                                        EndReason.ERROR, 1)));
        assertThat(REPORT.failures())
                .containsOnlyKeys(Failure.Cause.values())
                .containsEntry(Failure.Cause.PROVIDER, 1)
                .containsEntry(Failure.Cause.UNKNOWN, 0);
    }

    @Test
    void theSuccessRateStandsInItsInterval() {
        RunReport.SuccessRate rate = REPORT.successRate();

        assertThat(rate.goals()).isEqualTo(7);
        assertThat(rate.completed()).isEqualTo(10);
        assertThat(rate.value()).isEqualTo(0.7);
        assertThat(requireNonNull(rate.interval()).low()).isCloseTo(0.3967781, within(1e-7));
        assertThat(requireNonNull(rate.interval()).high()).isCloseTo(0.8922087, within(1e-7));
    }

    @Test
    void turnsToGoalAreThoseOfReachedGoals() {
        assertThat(REPORT.turnsToGoal())
                .isEqualTo(
                        new TurnsToGoal(
                                7,
                                4L,
                                5L,
                                7L,
                                7L,
                                List.of(
                                        new Bin(4, 3),
                                        new Bin(5, 2),
                                        new Bin(6, 1),
                                        new Bin(7, 1))));
    }

    @Test
    void latenciesAreThoseOfAllTurnsAndBattles() {
        // 58 turns: in their battles' order 100, 200, 300 … ms; a battle takes 10 s for a turn.
        assertThat(REPORT.turnLatencyMs())
                .isEqualTo(new Latencies(58, 300L, 800L, 1000L, 1200L, 1200L));
        assertThat(REPORT.battleDurationMs())
                .isEqualTo(new Latencies(10, 50_000L, 90_000L, 120_000L, 120_000L, 120_000L));
    }

    @Test
    void theJudgesUseIsDividedWhereThatIsKnown() {
        RunReport report =
                RunReport.of(
                        RunStory.running(),
                        List.of(
                                member(1, EndReason.GOAL, 4),
                                RunStory.undivided(2, EndReason.GOAL, 2)));

        assertThat(report.usage().agent())
                .isEqualTo(new Spent(6, 1800, 240, new BigDecimal("0.06")));
        assertThat(report.usage().opponent())
                .isEqualTo(new Spent(6, 1800, 240, new BigDecimal("0.024")));
        assertThat(report.usage().fastJudge())
                .isEqualTo(new Spent(5, 1770, 237, new BigDecimal("0.014")));
        assertThat(report.usage().strongJudge())
                .isEqualTo(new Spent(1, 30, 3, new BigDecimal("0.004")));
        assertThat(report.usage().total())
                .isEqualTo(new Spent(18, 5400, 720, new BigDecimal("0.102")));
    }

    @Test
    void whatMayBeOwedIsTold() {
        assertThat(REPORT.usage().unsettledUsd()).isEqualByComparingTo("0.001");
        assertThat(RunReport.of(RunStory.running(), List.of()).usage().unsettledUsd()).isNull();
    }

    @Test
    void variantsAreTakenInTurnByTheMembers() {
        assertThat(REPORT.variants())
                .extracting(
                        RunReport.VariantResult::name,
                        RunReport.VariantResult::model,
                        variant -> variant.successRate().goals(),
                        variant -> variant.successRate().completed(),
                        RunReport.VariantResult::medianTurnsToGoal,
                        variant -> variant.costUsd().stripTrailingZeros())
                .containsExactly(
                        tuple("terse", "scripted:closer", 5, 5, 4L, new BigDecimal("0.408")),
                        tuple("patient", "scripted:patient", 2, 5, 5L, new BigDecimal("0.578")));
    }

    @Test
    void withoutVariantsOrRequestThereIsNothingToCompare() {
        Run alike =
                RunStory.ended(RunStory.specification(List.of()), RunEndReason.COMPLETED, 10, null);

        assertThat(RunReport.of(alike, RunStory.members()).variants()).isEmpty();
        assertThat(RunReport.of(Run.unknown("run-1"), RunStory.members()).variants()).isEmpty();
    }

    @Test
    void aReportOfNothingHasNoValues() {
        RunReport report = RunReport.of(Run.unknown("run-1"), List.of());

        assertThat(report.complete()).isFalse();
        assertThat(report.successRate()).isEqualTo(new RunReport.SuccessRate(0, 0, null));
        assertThat(report.successRate().value()).isNull();
        assertThat(report.turnsToGoal())
                .isEqualTo(new TurnsToGoal(0, null, null, null, null, List.of()));
        assertThat(report.turnLatencyMs())
                .isEqualTo(new Latencies(0, null, null, null, null, null));
        assertThat(report.usage().total()).isEqualTo(Spent.NOTHING);
        assertThat(report.members()).isEmpty();
    }

    @Test
    void runningMembersCountAsLaunchedOnly() {
        RunReport report =
                RunReport.of(
                        RunStory.running(), List.of(launched(2), member(1, EndReason.LIMIT, 3)));

        assertThat(report.complete()).isFalse();
        assertThat(report.launched()).isEqualTo(2);
        assertThat(report.completed()).isOne();
        assertThat(report.successRate().value()).isZero();
        assertThat(report.battleDurationMs().count()).isOne();
        assertThat(report.members()).hasSize(2);
    }

    /** The topics are not ordered among each other: the outcome may be read first. */
    @Test
    void aReportIsNotCompleteBeforeTheEndOfEveryLaunchedMemberWasSeen() {
        List<Member> nine = RunStory.members().subList(0, 9);

        assertThat(RunReport.of(RunStory.ended(), nine).complete()).isFalse();
        assertThat(RunReport.of(RunStory.ended(RunEndReason.BUDGET, 9), nine).complete()).isTrue();
        assertThat(RunReport.of(RunStory.ended(RunEndReason.ERROR, 0), List.of()).complete())
                .isTrue();
    }
}
