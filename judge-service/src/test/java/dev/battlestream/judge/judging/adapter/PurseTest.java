package dev.battlestream.judge.judging.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.TurnProduced;
import dev.battlestream.schemas.EventSerdes;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one judging may cost. */
class PurseTest {

    @BeforeAll
    static void trustOwnRecords() {
        EventSerdes.trustOwnRecords();
    }

    @Test
    void aCallThatFitsExactlyIsMade() {
        Purse purse = Purse.of(turn("0.10", "1"), 1);

        assertThat(purse.covers(usd("0.10"))).isTrue();
        assertThat(purse.covers(usd("0.100000001"))).isFalse();
    }

    @Test
    void whatEarlierCallsCostIsGone() {
        Purse purse = Purse.of(turn("0.10", "1"), 1);

        purse.settle(usd("0.03"), usd("0.02"));

        assertThat(purse.covers(usd("0.05"))).isTrue();
        assertThat(purse.covers(usd("0.050000001"))).isFalse();
        assertThat(purse.unsettledUsd()).isEqualByComparingTo("0.02");
    }

    @Test
    void aJudgingThatWasLostCountsAsPaid() {
        Purse purse = Purse.of(turn("0.10", "0.25"), 3);

        assertThat(purse.unsettledUsd()).isEqualByComparingTo("0.20");
        assertThat(purse.covers(usd("0.05"))).isTrue();
        assertThat(purse.covers(usd("0.06"))).isFalse();
    }

    @Test
    void whatCostsNothingIsAlwaysCovered() {
        assertThat(Purse.of(turn("0", "0"), 4).covers(BigDecimal.ZERO)).isTrue();
    }

    @Test
    void withoutABudgetEverythingIsCovered() {
        Purse purse = Purse.of(turn(null, null), 2);

        assertThat(purse.covers(usd("1000000"))).isTrue();
        assertThat(purse.unsettledUsd()).isEqualByComparingTo("0");
    }

    private static TurnProduced turn(@Nullable String judging, @Nullable String left) {
        return TurnProduced.newBuilder(
                        Records.turn("0198f3c2-6f0a-7c55-9a55-0d6c2f1e7b11", 1, "hello", ""))
                .setJudgingUsd(judging == null ? null : usd(judging))
                .setBudgetLeftUsd(left == null ? null : usd(left))
                .build();
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount).setScale(9);
    }
}
