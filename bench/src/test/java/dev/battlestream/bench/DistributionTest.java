package dev.battlestream.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class DistributionTest {

    @Test
    void percentilesAreThoseOfTheNearestRank() {
        Distribution hundred =
                Distribution.of(
                        LongStream.rangeClosed(1, 100).map(ms -> ms * 1_000_000).boxed().toList());

        assertThat(hundred.percentile(50)).isEqualTo(50);
        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.percentile(100)).isEqualTo(100);
    }

    @Test
    void nothingHasNoPercentiles() {
        assertThatThrownBy(() -> Distribution.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
