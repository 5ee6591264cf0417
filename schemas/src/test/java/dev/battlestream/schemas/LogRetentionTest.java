package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LogRetentionTest {

    @Test
    void theDefaultsAreAWeekAndAMonth() {
        assertThat(LogRetention.DEFAULT.requests()).isEqualTo(Duration.ofDays(7));
        assertThat(LogRetention.DEFAULT.history()).isEqualTo(Duration.ofDays(30));
    }

    @Test
    void markersAndDeletionsFollowTheHistory() {
        LogRetention chosen = new LogRetention(Duration.ofHours(1), Duration.ofDays(2));

        assertThat(chosen.markers()).isEqualTo(Duration.ofDays(3));
        assertThat(chosen.deletions()).isEqualTo(Duration.ofDays(10));
    }

    @Test
    void requestsStayAnHourAtLeast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogRetention(Duration.ofMinutes(59), Duration.ofDays(30)))
                .withMessage("BATTLESTREAM_REQUEST_RETENTION is PT59M, but must be 1h to 365d");
    }

    @Test
    void historyStaysADayAtLeastAndAYearAtMost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogRetention(Duration.ofHours(1), Duration.ofHours(23)))
                .withMessage("BATTLESTREAM_HISTORY_RETENTION is PT23H, but must be 1d to 365d");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogRetention(Duration.ofHours(1), Duration.ofDays(366)))
                .withMessageStartingWith("BATTLESTREAM_HISTORY_RETENTION is PT8784H");
    }

    @Test
    void aBattleIsNotForgottenWhileItsRequestMayStillBePlayed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LogRetention(Duration.ofDays(7), Duration.ofDays(6)))
                .withMessageStartingWith(
                        "BATTLESTREAM_HISTORY_RETENTION is PT144H, but must not be less than"
                                + " BATTLESTREAM_REQUEST_RETENTION");
    }
}
