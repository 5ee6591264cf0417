package dev.battlestream.runner.battle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What was agreed when the battle was accepted; it never changes.
 *
 * @param battleId a UUID as text
 * @param messageLimit at most this many messages of the agent, 1 to 25
 * @param opponent whether an opponent answers the agent between its turns
 * @param budgetUsd no call is made that could exceed it
 * @param tariff what its calls cost at most
 * @param plateauTurns estimates of progress without an improvement that end it; empty: none do
 * @param startedAt when the request was accepted
 * @param deadline when the battle is ended as TIMEOUT
 * @param clientId who asked
 * @param runId the scale run that it belongs to
 * @param correlation headers of the request, for records that nothing else causes
 */
public record Terms(
        String battleId,
        int messageLimit,
        boolean opponent,
        Optional<BigDecimal> budgetUsd,
        Tariff tariff,
        Optional<Integer> plateauTurns,
        Instant startedAt,
        Instant deadline,
        Optional<String> clientId,
        Optional<String> runId,
        Map<String, String> correlation) {

    public Terms {
        correlation = Map.copyOf(correlation);
    }
}
