package dev.battlestream.report.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentilesTest {

    @ParameterizedTest
    @CsvSource({"5, 15", "30, 20", "40, 20", "41, 35", "50, 35", "90, 50", "100, 50"})
    void thePercentileIsTheValueAtTheNearestRank(int p, long expected) {
        assertThat(Percentiles.of(List.of(40L, 15L, 50L, 20L, 35L)).at(p)).isEqualTo(expected);
    }

    /** A rank by floating point would be one too high at 7, 14, 28, 29, 55 … */
    @Test
    void ofTheNumbersToAHundredEachIsItsOwnPercentile() {
        Percentiles percentiles = Percentiles.of(LongStream.rangeClosed(1, 100).boxed().toList());

        for (int p = 1; p <= 100; p++) {
            assertThat(percentiles.at(p)).isEqualTo(p);
        }
    }

    @Test
    void aSingleValueIsEveryPercentile() {
        Percentiles percentiles = Percentiles.of(List.of(7L));

        assertThat(percentiles.count()).isOne();
        assertThat(percentiles.least()).isEqualTo(7);
        assertThat(percentiles.at(1)).isEqualTo(7);
        assertThat(percentiles.at(100)).isEqualTo(7);
    }

    @Test
    void withoutValuesThereIsNone() {
        Percentiles percentiles = Percentiles.of(List.of());

        assertThat(percentiles.count()).isZero();
        assertThat(percentiles.least()).isNull();
        assertThat(percentiles.at(50)).isNull();
    }

    @Test
    void anythingButOneToAHundredIsNoPercentile() {
        Percentiles percentiles = Percentiles.of(List.of(7L));

        assertThatThrownBy(() -> percentiles.at(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> percentiles.at(101)).isInstanceOf(IllegalArgumentException.class);
    }
}
