package dev.battlestream.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CursorTest {

    @ParameterizedTest(name = "{0} behind {1}: {2}")
    @CsvSource({
        "2, 0, true",
        "1, 0, false",
        "3, 0, false",
        "4, 0, false",
        "3, 2, true",
        "4, 2, true",
        "5, 2, false",
        "6, 2, false",
        "4, 3, true",
        "5, 3, false",
        "6, 3, false",
        "2, 2, false",
        "2, 3, false"
    })
    void anEventFollowsTheLastOneOrNot(long cursor, long last, boolean follows) {
        assertThat(Cursor.follows(cursor, last)).isEqualTo(follows);
    }
}
