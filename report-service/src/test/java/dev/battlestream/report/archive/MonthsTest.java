package dev.battlestream.report.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class MonthsTest {

    private static final Months MONTHS =
            Months.at(Instant.parse("2026-11-29T12:00:00Z"), Duration.ofDays(60));

    @Test
    void whatHappenedLiesInItsMonth() {
        assertThat(MONTHS.of(Instant.parse("2026-11-30T23:59:59.999999Z")))
                .isEqualTo(LocalDate.of(2026, 11, 1));
        assertThat(MONTHS.of(Instant.parse("2026-10-01T00:00:00Z")))
                .isEqualTo(LocalDate.of(2026, 10, 1));
    }

    @Test
    void aClockThatIsWrongMakesNoMonthsOfItsOwn() {
        assertThat(MONTHS.of(Instant.EPOCH)).isEqualTo(LocalDate.of(2026, 9, 1));
        assertThat(MONTHS.of(Instant.parse("9999-01-01T00:00:00Z")))
                .isEqualTo(LocalDate.of(2026, 12, 1));
    }

    @Test
    void theOldestMonthIsKeptUntilAllOfItIsOld() {
        // Sixty days before lies 2026-09-30.
        assertThat(MONTHS.oldest()).isEqualTo(LocalDate.of(2026, 9, 1));
        assertThat(Months.at(Instant.parse("2026-11-30T12:00:00Z"), Duration.ofDays(60)).oldest())
                .isEqualTo(LocalDate.of(2026, 10, 1));
    }
}
