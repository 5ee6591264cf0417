package dev.battlestream.gateway.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobSettingsTest {

    private static final Duration DAY = Duration.ofHours(24);

    @Test
    void keysAreKeptForADayAtLeast() {
        assertThat(settings(3, DAY).keysKept()).isEqualTo(DAY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(3, DAY.minusSeconds(1)))
                .withMessageContaining("keys-kept must be at least 24 h");
    }

    @Test
    void aClientMayHaveOneBattleAtLeast() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(0, DAY))
                .withMessageContaining("running-per-client");
    }

    private static JobSettings settings(int runningPerClient, Duration keysKept) {
        Duration second = Duration.ofSeconds(1);
        return new JobSettings(
                runningPerClient,
                keysKept,
                keysKept,
                second,
                second,
                second,
                second,
                second,
                second,
                1,
                "group");
    }
}
