package dev.battlestream.runner.battle;

import java.math.BigDecimal;

/**
 * What a whole battle costs at most, by role, in US dollars: every message as long as it may be,
 * each call with all attempts that may be charged, each turn judged by both judges.
 */
public record Estimate(
        BigDecimal agentUsd,
        BigDecimal opponentUsd,
        BigDecimal fastJudgeUsd,
        BigDecimal strongJudgeUsd) {

    /**
     * Of a battle that is played to its limit.
     *
     * @param fastUsd what the fast judge costs at most for a turn
     * @param strongUsd what the strong judge costs at most for a turn
     * @param messageLimit messages of the agent, 1 to 25
     * @param messageBytes bytes of a message at most
     */
    public static Estimate of(
            Tariff tariff,
            BigDecimal fastUsd,
            BigDecimal strongUsd,
            int messageLimit,
            boolean opponent,
            long messageBytes) {
        BigDecimal agentUsd = BigDecimal.ZERO;
        BigDecimal opponentUsd = BigDecimal.ZERO;
        int messages = 0;
        for (int turn = 1; turn <= messageLimit; turn++) {
            agentUsd = agentUsd.add(tariff.agent().worstCase(messages, messages * messageBytes));
            messages++;
            if (opponent && turn < messageLimit) {
                opponentUsd =
                        opponentUsd.add(
                                tariff.opponent().worstCase(messages, messages * messageBytes));
                messages++;
            }
        }
        BigDecimal turns = BigDecimal.valueOf(messageLimit);
        return new Estimate(
                agentUsd, opponentUsd, fastUsd.multiply(turns), strongUsd.multiply(turns));
    }

    /** All roles together. */
    public BigDecimal totalUsd() {
        return agentUsd.add(opponentUsd).add(fastJudgeUsd).add(strongJudgeUsd);
    }
}
