package dev.battlestream.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.policy.BoundedJson.Reading;
import java.math.BigDecimal;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedJsonTest {

    @Test
    void numbersAreReadExactly() {
        assertThat(BoundedJson.read("0.1000000000000000000001", 10))
                .isInstanceOfSatisfying(
                        Reading.Value.class,
                        value ->
                                assertThat(value.node().decimalValue())
                                        .isEqualTo(new BigDecimal("0.1000000000000000000001")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "{", "{'a':1}", "{\"a\":1,\"a\":2}", "1 2", "NaN", "[1,]", "yes"})
    void whatIsNoJsonIsToldApart(String text) {
        assertThat(BoundedJson.read(text, 10)).isInstanceOf(Reading.NotJson.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,2,3,4,5,6,7,8,9,10]", "1e999999999", "1e-999999999", "[[1e401]]"})
    void whatIsTooLargeIsNotLookedAt(String text) {
        assertThat(BoundedJson.read(text, 10)).isInstanceOf(Reading.TooLarge.class);
    }

    @Test
    void depthAndLongNumbersTakeNoTime() {
        Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(5),
                () -> {
                    assertThat(BoundedJson.read("[".repeat(500_000), 10))
                            .isInstanceOf(Reading.TooLarge.class);
                    assertThat(BoundedJson.read("1".repeat(500_000), 10))
                            .isInstanceOf(Reading.TooLarge.class);
                });
    }
}
