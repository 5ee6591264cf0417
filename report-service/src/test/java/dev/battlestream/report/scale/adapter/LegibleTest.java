package dev.battlestream.report.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LegibleTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "999, 999 ms",
        "1000, 1.0 s",
        "12345, 12.3 s",
        "59949, 59.9 s",
        "59950, 1 min 0 s",
        "90499, 1 min 30 s",
        "3599499, 59 min 59 s",
        "3599500, 1 h 0 min",
        "9000000, 2 h 30 min",
    })
    void aDurationIsReadInItsTwoLargestUnits(long ms, String text) {
        assertThat(Legible.duration(ms)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0%", "1, 100%", "0.7, 70%", "0.3967781, 39.7%", "0.99999, 100%"})
    void aShareIsReadInPercent(double share, String text) {
        assertThat(Legible.percent(share)).isEqualTo(text);
    }

    @Test
    void whatIsNotKnownIsADash() {
        assertThat(Legible.duration(null)).isEqualTo("–");
        assertThat(Legible.number(null)).isEqualTo("–");
    }
}
