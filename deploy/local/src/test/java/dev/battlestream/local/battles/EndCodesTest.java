package dev.battlestream.local.battles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndCodesTest {

    @Test
    void onlyAReachedGoalIsASuccessAndEveryReasonHasItsOwnCode() {
        Stream<String> reasons =
                Stream.of(
                        "goal", "limit", "plateau", "budget", "error", "manual", "timeout",
                        "stopped");

        assertThat(reasons.map(EndCodes::ofEnd).toList())
                .containsExactly(0, 10, 11, 12, 13, 14, 15, 16);
        assertThat(EndCodes.ofEnd(null)).isEqualTo(19);
        assertThat(EndCodes.ofEnd("of the future")).isEqualTo(19);
    }

    @ParameterizedTest
    @CsvSource({"400,2", "404,4", "409,5", "422,5", "429,5", "500,1", "503,3", "-1,3"})
    void aRefusalHasTheCodeOfItsKind(int status, int code) {
        assertThat(EndCodes.ofHttp(status)).isEqualTo(code);
    }
}
