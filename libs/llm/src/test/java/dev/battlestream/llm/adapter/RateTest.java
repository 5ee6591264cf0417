package dev.battlestream.llm.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {

    private static final Duration LONG = Duration.ofHours(1);

    @ParameterizedTest
    @CsvSource({"1,1", "59,1", "60,1", "600,10", "200000,3333"})
    void aPortionIsWhatASecondAllowsButAtLeastOne(int perMinute, int portion) {
        assertThat(Rate.perMinute(perMinute).taken(Long.MAX_VALUE)).isEqualTo(portion);
    }

    @Test
    void thoseBeyondThePortionWaitOneAfterTheOther() {
        Rate rate = Rate.perMinute(6);

        assertThat(rate.reserve(1, LONG)).hasValue(0);
        assertThat(waitOf(rate, 1)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(waitOf(rate, 1)).isBetween(Duration.ofSeconds(15), Duration.ofSeconds(20));
    }

    @Test
    void whoWouldNotWaitSoLongTakesNothing() {
        Rate rate = Rate.perMinute(1);
        rate.reserve(1, LONG);
        rate.reserve(1, LONG);

        for (int i = 0; i < 100; i++) {
            assertThat(rate.reserve(1, Duration.ofSeconds(10))).isEmpty();
        }
        assertThat(waitOf(rate, 1)).isLessThan(Duration.ofMinutes(3));
    }

    @Test
    void moreThanAPortionNeedNotWaitButIsPaidOffByThoseWhoComeLater() {
        Rate rate = Rate.perMinute(6_000);

        assertThat(rate.reserve(5_000, LONG)).hasValue(0);
        rate.charge(5_000 - rate.taken(5_000));

        assertThat(waitOf(rate, 1)).isBetween(Duration.ofSeconds(48), Duration.ofSeconds(51));
    }

    @Test
    void whatWasTakenTooMuchIsNoDebt() {
        Rate rate = Rate.perMinute(6_000);
        rate.charge(-50);

        assertThat(rate.reserve(100, LONG)).hasValue(0);
    }

    @Test
    void whatIsGivenBackIsForWhoComesNext() {
        Rate rate = Rate.perMinute(6);
        rate.reserve(1, LONG);
        Duration wait = waitOf(rate, 1);

        for (int i = 0; i < 100; i++) {
            rate.giveBack(1);

            assertThat(waitOf(rate, 1)).isLessThanOrEqualTo(wait);
        }
    }

    @Test
    void whatIsGivenBackShortensADebt() {
        Rate rate = Rate.perMinute(6_000);
        rate.charge(5_000);

        for (int i = 0; i < 20; i++) {
            rate.giveBack(5_000);
        }

        assertThat(waitOf(rate, 1)).isBetween(Duration.ofSeconds(28), Duration.ofSeconds(30));
    }

    @Test
    void noMoreIsGivenBackThanAPortionHolds() {
        Rate rate = Rate.perMinute(6);
        rate.giveBack(1);

        assertThat(rate.reserve(1, LONG)).hasValue(0);
        assertThat(waitOf(rate, 1)).isPositive();
    }

    private static Duration waitOf(Rate rate, long count) {
        return Duration.ofNanos(rate.reserve(count, LONG).orElseThrow());
    }
}
