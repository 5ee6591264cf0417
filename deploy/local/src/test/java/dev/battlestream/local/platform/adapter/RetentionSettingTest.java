package dev.battlestream.local.platform.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.schemas.LogRetention;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionSettingTest {

    @Test
    void withoutASettingTheDefaultsHold() {
        assertThat(RetentionSetting.of(Map.of())).isEqualTo(LogRetention.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({"36h, PT36H", "2880m, PT48H", "90D, PT2160H", "PT48H, PT48H", "' 9d ', PT216H"})
    void itIsWrittenAsTheServicesReadIt(String setting, Duration meant) {
        assertThat(
                        RetentionSetting.of(
                                Map.of(
                                        LogRetention.REQUESTS_SETTING,
                                        "1h",
                                        LogRetention.HISTORY_SETTING,
                                        setting)))
                .isEqualTo(new LogRetention(Duration.ofHours(1), meant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"long", "30", "-3d", "1y", "3 days"})
    void whatIsNoTimeIsRefusedByName(String setting) {
        assertThatThrownBy(() -> RetentionSetting.of(Map.of(LogRetention.HISTORY_SETTING, setting)))
                .isInstanceOf(PlatformException.class)
                .hasMessageStartingWith("BATTLESTREAM_HISTORY_RETENTION is " + setting);
    }

    @Test
    void whatBreaksARuleIsRefusedByName() {
        assertThatThrownBy(() -> RetentionSetting.of(Map.of(LogRetention.HISTORY_SETTING, "1d")))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("must not be less than BATTLESTREAM_REQUEST_RETENTION");
    }
}
