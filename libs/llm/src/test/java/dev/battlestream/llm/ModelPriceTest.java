package dev.battlestream.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ModelPriceTest {

    private static ModelPrice price(String in, String out) {
        return ModelPrice.of(new BigDecimal(in), new BigDecimal(out));
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
    void cachedTokensHaveTheirOwnPrice() {
        ModelPrice price =
                new ModelPrice(
                        new BigDecimal("3"),
                        new BigDecimal("15"),
                        new BigDecimal("0.30"),
                        new BigDecimal("3.75"));

        // 700 plain, 1,000 read, 300 written, 50 out: 2,100 + 300 + 1,125 + 750 millionths.
        assertThat(price.cost(new Tokens(2_000, 50, 1_000, 300))).isEqualByComparingTo("0.004275");
    }

    @Test
    @SuppressWarnings("NullAway") // A binder passes null for what is not set.
    void cachedTokensCostAsOthersUnlessAPriceIsSet() {
        ModelPrice price = new ModelPrice(new BigDecimal("3"), new BigDecimal("15"), null, null);

        assertThat(price).isEqualTo(price("3", "15"));
        assertThat(price.cost(new Tokens(1_000, 0, 600, 400))).isEqualByComparingTo("0.003");
    }

    @Test
    void countsThatCannotBeAreBroughtToTheNearestThatCan() {
        assertThat(new Tokens(-5, -1, 3, 3)).isEqualTo(Tokens.UNKNOWN);
        assertThat(new Tokens(10, 1, 20, 5)).isEqualTo(new Tokens(10, 1, 10, 0));
    }

    @Test
    void theWorstCaseTakesTheDearestPriceOfInput() {
        ModelPrice price =
                new ModelPrice(
                        new BigDecimal("3"),
                        new BigDecimal("15"),
                        new BigDecimal("0.30"),
                        new BigDecimal("3.75"));

        assertThat(price.worstCase(1_000, 100)).isEqualByComparingTo("0.00525");
        assertThat(price.free()).isFalse();
        assertThat(ModelPrice.FREE.free()).isTrue();
        assertThat(price("0", "0.000001").free()).isFalse();
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
