package dev.battlestream.local.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunCodesTest {

    private static RunStatus ended(String state, int total, int completed, int goals) {
        return new RunStatus(
                "r",
                state,
                total,
                completed,
                0,
                Map.of("goal", goals, "limit", completed - goals),
                BigDecimal.ZERO,
                null,
                "completed",
                null,
                null);
    }

    @Test
    void withoutAShareEveryBattleMustReachItsGoal() {
        assertThat(RunCodes.of(ended("completed", 10, 10, 10), null)).isZero();
        assertThat(RunCodes.of(ended("completed", 10, 10, 9), null)).isEqualTo(100);
    }

    @Test
    void aShareIsKeptExactly() {
        RunStatus two = ended("completed", 3, 3, 2);

        assertThat(RunCodes.of(two, new BigDecimal("66.6"))).isZero();
        assertThat(RunCodes.of(two, new BigDecimal("66.7"))).isEqualTo(100);
        assertThat(RunCodes.of(ended("completed", 3, 3, 0), BigDecimal.ZERO)).isZero();
    }

    @Test
    void aBattleThatWasNeverPlayedHasNotReachedItsGoal() {
        RunStatus cut = ended("completed", 10, 5, 5);

        assertThat(RunCodes.of(cut, null)).isEqualTo(100);
        assertThat(RunCodes.of(cut, BigDecimal.valueOf(51))).isEqualTo(100);
        assertThat(RunCodes.of(cut, BigDecimal.valueOf(50))).isZero();
    }

    @Test
    void aRunThatFailedOrThatNothingIsKnownOfIsAnError() {
        assertThat(RunCodes.of(ended("failed", 10, 0, 0), BigDecimal.ZERO)).isEqualTo(1);
        assertThat(RunCodes.of(ended("completed", 0, 0, 0), null)).isEqualTo(1);
    }
}
