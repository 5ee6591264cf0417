package dev.battlestream.report.battle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class SpentTest {

    @Test
    void whatNoRecordCanHoldIsBroughtBackIntoRange() {
        BigDecimal most = new BigDecimal("999999999.999999999");

        assertThat(Spent.money(new BigDecimal("1e30"))).isEqualTo(most);
        assertThat(Spent.money(new BigDecimal("-1e30"))).isEqualTo(most.negate());
        assertThat(new Spent(0, 0, 0, most).plus(new Spent(0, 0, 0, most)).costUsd())
                .isEqualTo(most);
    }
}
