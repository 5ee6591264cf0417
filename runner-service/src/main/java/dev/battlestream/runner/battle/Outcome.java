package dev.battlestream.runner.battle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * How a battle ended.
 *
 * @param fault what failed, when the reason is ERROR
 * @param unsettledUsd the most that may be on a provider's bill beside what was used
 * @param nextCallUsd the worst case of the call that was not made, when the reason is BUDGET
 */
public record Outcome(
        EndReason reason,
        Optional<Fault> fault,
        Progress progress,
        BigDecimal unsettledUsd,
        Optional<BigDecimal> nextCallUsd,
        Instant startedAt,
        Instant endedAt,
        Optional<String> clientId,
        Optional<String> runId) {}
