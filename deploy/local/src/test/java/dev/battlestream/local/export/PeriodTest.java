package dev.battlestream.local.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PeriodTest {

    @Test
    void aDayBeginsAtMidnightUtcAndATimeMayHaveAnOffset() {
        assertThat(Period.between("2026-01-31", "2026-01-31T12:00:00+02:00"))
                .isEqualTo(
                        new Period(
                                Instant.parse("2026-01-31T00:00:00Z"),
                                Instant.parse("2026-01-31T10:00:00Z")));
        assertThat(Period.between(null, null)).isEqualTo(new Period(null, null));
    }

    @Test
    void whatIsNoTimeIsNamedWithItsOption() {
        for (String bad :
                new String[] {"", "yesterday", "2026-02-30", "2026-01-31T12:00", "1'; DROP"}) {
            assertThatThrownBy(() -> Period.between(null, bad))
                    .as(bad)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--to is " + bad + ", but must be a day such as");
        }
        assertThatThrownBy(() -> Period.between("+99999-01-01T00:00:00Z", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--from is");
    }

    @Test
    void aPeriodThatEndsBeforeItBeginsIsRefused() {
        assertThatThrownBy(() -> Period.between("2026-02-01", "2026-01-01"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must be before --to");
    }

    @Test
    void theQueryAsksForThePeriodAlone() {
        Period january = Period.between("2026-01-01", "2026-02-01");

        assertThat(Subject.MESSAGES.query(january))
                .isEqualTo(
                        "SELECT * FROM analytics.messages WHERE produced_at >= '2026-01-01T00:00:00Z'"
                                + " AND produced_at < '2026-02-01T00:00:00Z'");
        assertThat(Subject.RUNS.query(new Period(null, null)))
                .isEqualTo("SELECT * FROM analytics.scale_runs");
        assertThat(Subject.MEMBERS.query(Period.between(null, "2026-02-01")))
                .isEqualTo(
                        "SELECT * FROM analytics.scale_run_members WHERE launched_at < '2026-02-01T00:00:00Z'");
    }
}
