package dev.battlestream.gateway.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
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

    @Test
    void aDailyBudgetNeedsABudgetOfBattlesThatNameNone() {
        assertThat(settings("1.00", "0.10").dailyBudget()).isEqualByComparingTo("1");
        assertThat(settings(null, "0.10").defaultBudget()).isEqualByComparingTo("0.1");
        for (String battle : new String[] {null, "1.01", "0", "-1", "0.0000000001"}) {
            assertThatIllegalArgumentException()
                    .as(battle)
                    .isThrownBy(() -> settings("1.00", battle))
                    .withMessageContaining("default-budget");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings("0", "0"))
                .withMessageContaining("daily-budget must be");
    }

    private static JobSettings settings(int runningPerClient, Duration keysKept) {
        return settings(runningPerClient, keysKept, null, null);
    }

    private static JobSettings settings(@Nullable String daily, @Nullable String battle) {
        return settings(3, DAY, daily, battle);
    }

    private static JobSettings settings(
            int runningPerClient,
            Duration keysKept,
            @Nullable String daily,
            @Nullable String battle) {
        Duration second = Duration.ofSeconds(1);
        return new JobSettings(
                runningPerClient,
                daily == null ? null : new BigDecimal(daily),
                battle == null ? null : new BigDecimal(battle),
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
