package dev.battlestream.gateway.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitPreferenceTest {

    private static final Duration MOST = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "wait=10                           | 10",
                "WAIT = \"10\"                     | 10",
                "respond-async, wait=5, wait=7     | 5",
                "wait=5; note=x, handling=lenient  | 5",
                "wait=999999999                    | 60"
            })
    void theFirstWaitCountsAndIsNoLongerThanGranted(String header, long seconds) {
        assertThat(WaitPreference.of(List.of(header), MOST)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "wait", "wait=", "wait=-1", "wait=0", "wait=1.5", "await=3", "wait=x"})
    void whatIsNoWaitIsNoPreference(String header) {
        assertThat(WaitPreference.of(List.of(header), MOST)).isEmpty();
    }

    @Test
    void severalHeadersAreOneList() {
        assertThat(WaitPreference.of(List.of("respond-async", "wait=3"), MOST))
                .contains(Duration.ofSeconds(3));
    }
}
