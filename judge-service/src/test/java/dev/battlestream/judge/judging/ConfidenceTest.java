package dev.battlestream.judge.judging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfidenceTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.5", "0.9, 0.9", "0.97, 0.9", "1, 0.9"})
    void oneModelIsNeverAsSureAsItClaims(double claimed, double confidence) {
        assertThat(Confidence.ofOne(claimed)).isEqualTo(confidence);
    }

    @ParameterizedTest
    @CsvSource({
        "0.9, 0.9, false, 0.968",
        "0.9, 0.9, true, 0.98",
        "0.6, 0.7, true, 0.88",
        "0.7, 0.6, false, 0.810",
        "0.5, 0, true, 0.5"
    })
    void twoThatAgreeAreSurerThanEither(
            double one, double other, boolean independent, double confidence) {
        assertThat(Confidence.ofAgreement(one, other, independent))
                .isEqualTo(confidence, within(0.0005))
                .isEqualTo(Confidence.ofAgreement(other, one, independent));
    }

    @Test
    void agreementIsAboveEitherAndBelowCertaintyWhateverTheyClaim() {
        for (double one = 0.05; one <= Confidence.MOST_OF_ONE; one += 0.05) {
            for (double other = 0.05; other <= Confidence.MOST_OF_ONE; other += 0.05) {
                double same = Confidence.ofAgreement(one, other, false);
                double different = Confidence.ofAgreement(one, other, true);
                assertThat(same).isGreaterThan(Math.max(one, other));
                assertThat(different).isGreaterThan(same).isLessThanOrEqualTo(0.98);
            }
        }
    }

    @Test
    void aConflictLeavesNobodySurerThanAHalf() {
        assertThat(Confidence.inConflict(0.9)).isEqualTo(0.5);
        assertThat(Confidence.inConflict(0.2)).isEqualTo(0.2);
    }
}
