package dev.battlestream.report.scale;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest {

    /**
     * The last three are examples of R. G. Newcombe, Two-sided confidence intervals for the single
     * proportion, Statistics in Medicine 17 (1998), table I, method 3, to four decimal places.
     */
    @ParameterizedTest
    @CsvSource({
        "8, 10, 0.4901625, 0.9433178, 1e-7",
        "0, 10, 0, 0.2775328, 1e-7",
        "10, 10, 0.7224672, 1, 1e-7",
        "81, 263, 0.2553, 0.3662, 5e-5",
        "15, 148, 0.0624, 0.1605, 5e-5",
        "1, 29, 0.0061, 0.1718, 5e-5",
    })
    void theBoundsAreThosePublished(
            int successes, int trials, double low, double high, double precision) {
        WilsonInterval interval = requireNonNull(WilsonInterval.of(successes, trials));

        assertThat(interval.low()).isCloseTo(low, within(precision));
        assertThat(interval.high()).isCloseTo(high, within(precision));
    }

    @Test
    void noneAndAllLeaveNoRestOfRounding() {
        for (int trials = 1; trials <= 1000; trials++) {
            assertThat(requireNonNull(WilsonInterval.of(0, trials)).low()).isZero();
            assertThat(requireNonNull(WilsonInterval.of(trials, trials)).high()).isOne();
        }
    }

    @Test
    void withoutTrialsThereIsNoInterval() {
        assertThat(WilsonInterval.of(0, 0)).isNull();
    }

    @Test
    void moreSuccessesThanTrialsAreABug() {
        assertThatThrownBy(() -> WilsonInterval.of(2, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WilsonInterval.of(-1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
