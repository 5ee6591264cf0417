package dev.battlestream.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ModelPriceTest {

    private static ModelPrice price(String in, String out) {
        return new ModelPrice(new BigDecimal(in), new BigDecimal(out));
    }

    @Test
    void aMillionTokensCostWhatTheListSays() {
        assertThat(price("0.15", "0.60").cost(1_000_000, 0)).isEqualByComparingTo("0.15");
        assertThat(price("0.15", "0.60").cost(0, 1_000_000)).isEqualByComparingTo("0.60");
    }

    @Test
    void aSingleTokenIsCountedExactly() {
        assertThat(price("0.15", "0.60").cost(1, 1)).isEqualByComparingTo("0.00000075");
        assertThat(price("0.000001", "0").cost(1, 0)).isEqualByComparingTo("0.000000000001");
    }

    @Test
    void theLargestCountsDoNotOverflow() {
        assertThat(price("1000000", "1000000").cost(Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isEqualByComparingTo("4294967294");
    }

    @Test
    void whatIsNoPriceIsRefused() {
        assertThatThrownBy(() -> price("-1", "0"))
                .hasMessage(
                        "prices.*.input-per-million-usd must be 0 to 1000000 with at most 6 decimals");
        assertThatThrownBy(() -> price("0", "0.0000001"))
                .hasMessageContaining("prices.*.output-per-million-usd");
    }
}
