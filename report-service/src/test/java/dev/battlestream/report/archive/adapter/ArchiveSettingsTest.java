package dev.battlestream.report.archive.adapter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.battlestream.schemas.LogRetention;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ArchiveSettingsTest {

    @Test
    void theArchiveKeepsNoLessThanTheLog() {
        LogRetention log = new LogRetention(Duration.ofDays(1), Duration.ofDays(3));

        assertThatCode(() -> keeping(Duration.ofDays(3)).refuseLessThan(log))
                .doesNotThrowAnyException();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> keeping(Duration.ofDays(2)).refuseLessThan(log))
                .withMessage(
                        "archive.retention is at least that of the log"
                                + " (BATTLESTREAM_HISTORY_RETENTION), which is 3 days: PT48H");
    }

    private static ArchiveSettings keeping(Duration retention) {
        return new ArchiveSettings(
                "group",
                "client",
                500,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                retention,
                Duration.ofHours(1));
    }
}
