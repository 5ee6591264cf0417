package dev.battlestream.runner.battle;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** The worst case of a whole battle is the sum of its calls' worst cases. */
class EstimateTest {

    private static final Tariff TARIFF =
            new Tariff(
                    new CallPrice(usd("0.10"), usd("0.01"), usd("0.001")),
                    new CallPrice(usd("0.05"), BigDecimal.ZERO, usd("0.002")),
                    usd("0.03"));

    @Test
    void aloneTheAgentPaysForItsOwnMessages() {
        Estimate estimate = estimate(3, false);

        // 0.10, then 0.11 and 10 bytes, then 0.12 and 20 bytes.
        assertThat(estimate.agentUsd()).isEqualByComparingTo(usd("0.36"));
        assertThat(estimate.opponentUsd()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(estimate.fastJudgeUsd()).isEqualByComparingTo(usd("0.03"));
        assertThat(estimate.strongJudgeUsd()).isEqualByComparingTo(usd("0.06"));
        assertThat(estimate.totalUsd()).isEqualByComparingTo(usd("0.45"));
    }

    @Test
    void anOpponentSpeaksBetweenTheAgentsTurns() {
        Estimate estimate = estimate(2, true);

        // The agent before 0 and 2 messages, the opponent before 1.
        assertThat(estimate.agentUsd()).isEqualByComparingTo(usd("0.24"));
        assertThat(estimate.opponentUsd()).isEqualByComparingTo(usd("0.07"));
    }

    private static Estimate estimate(int limit, boolean opponent) {
        return Estimate.of(TARIFF, usd("0.01"), usd("0.02"), limit, opponent, 10);
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount);
    }
}
