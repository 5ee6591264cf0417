package dev.battlestream.runner.battle;

import java.time.Instant;
import java.util.Optional;

/**
 * How a battle ended.
 *
 * @param fault what failed, when the reason is ERROR
 */
public record Outcome(
        EndReason reason,
        Optional<Fault> fault,
        Progress progress,
        Instant startedAt,
        Instant endedAt,
        Optional<String> clientId,
        Optional<String> runId) {}
