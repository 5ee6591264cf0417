package dev.battlestream.effects;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class GateTest {

    private static final EffectSettings SETTINGS =
            EffectSettings.defaults()
                    .withHandoverGrace(Duration.ofMillis(500))
                    .withGatePatience(Duration.ofSeconds(30));

    private static final long ASSIGNED = 1_000_000;

    private final Gate idle = new Gate(false, SETTINGS, ASSIGNED);
    private final Gate recovered = new Gate(true, SETTINGS, ASSIGNED);

    private static ResultLog.Position log(long start, long end) {
        return new ResultLog.Position(start, end, OptionalLong.empty());
    }

    private static ResultLog.Position log(long start, long end, long committed) {
        return new ResultLog.Position(start, end, OptionalLong.of(committed));
    }

    @Test
    void staysClosedUntilTheBrokersHaveAnswered() {
        assertThat(idle.isOpen(ASSIGNED + 10_000)).isFalse();
    }

    @Test
    void opensAtOnceWhenNothingIsPendingAndNothingUnread() {
        idle.answered(log(0, 70, 70), ASSIGNED + 5);

        assertThat(idle.isOpen(ASSIGNED + 5)).isTrue();
    }

    @Test
    void opensAtOnceOnAnEmptyTopic() {
        idle.answered(log(0, 0), ASSIGNED + 5);

        assertThat(idle.isOpen(ASSIGNED + 5)).isTrue();
    }

    @Test
    void takesALogWhoseRecordsHaveAllExpiredForRead() {
        idle.answered(log(70, 70), ASSIGNED + 5);

        assertThat(idle.isOpen(ASSIGNED + 5)).isTrue();
    }

    @Test
    void waitsForTheGraceWhenSomethingIsPending() {
        recovered.answered(log(0, 70, 70), ASSIGNED + 5);

        assertThat(recovered.isOpen(ASSIGNED + 499)).isFalse();
        assertThat(recovered.isOpen(ASSIGNED + 500)).isTrue();
    }

    @Test
    void waitsForTheRecordBelowTheEndAndForTheGrace() {
        idle.answered(log(0, 70, 60), ASSIGNED + 5);
        idle.observed(68, ASSIGNED + 600);
        assertThat(idle.isOpen(ASSIGNED + 600)).isFalse();

        idle.observed(69, ASSIGNED + 601);
        assertThat(idle.isOpen(ASSIGNED + 601)).isTrue();
    }

    @Test
    void aRecordThatWasSeenBeforeTheAnswerCounts() {
        recovered.observed(69, ASSIGNED + 1);
        recovered.answered(log(0, 70, 60), ASSIGNED + 5);

        assertThat(recovered.isOpen(ASSIGNED + 500)).isTrue();
    }

    @Test
    void recordsThatNoProcessorSeesAreCoveredByTheCommittedOffset() {
        idle.answered(log(0, 70, 60), ASSIGNED + 5);
        idle.answered(log(0, 90, 70), ASSIGNED + 700);

        assertThat(idle.isOpen(ASSIGNED + 700)).isTrue();
    }

    @Test
    void theGoalIsTheEndAtAssignmentAndDoesNotMove() {
        idle.answered(log(0, 70, 60), ASSIGNED + 5);
        idle.answered(log(0, 1_000, 65), ASSIGNED + 600);
        idle.observed(69, ASSIGNED + 601);

        assertThat(idle.isOpen(ASSIGNED + 601)).isTrue();
    }

    @Test
    void losesPatienceOnlyWithoutProgress() {
        recovered.answered(log(0, 70, 60), ASSIGNED);
        recovered.observed(61, ASSIGNED + 20_000);
        assertThat(recovered.isOpen(ASSIGNED + 49_999)).isFalse();

        assertThat(recovered.isOpen(ASSIGNED + 50_000)).isTrue();
        assertThat(recovered.wasForced()).isTrue();
    }

    @Test
    void opensByImpatienceWhenTheBrokersNeverAnswer() {
        assertThat(recovered.isOpen(ASSIGNED + 30_000)).isTrue();
        assertThat(recovered.wasForced()).isTrue();
    }

    @Test
    void isNotForcedWhenItOpensByItself() {
        idle.answered(log(0, 70, 70), ASSIGNED);

        assertThat(idle.isOpen(ASSIGNED + 40_000)).isTrue();
        assertThat(idle.wasForced()).isFalse();
    }
}
