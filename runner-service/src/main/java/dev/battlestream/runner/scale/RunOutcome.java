package dev.battlestream.runner.scale;

import dev.battlestream.runner.battle.Fault;
import java.time.Instant;
import java.util.Optional;

/**
 * How a run ended.
 *
 * @param fault why it was refused, when the reason is ERROR
 */
public record RunOutcome(
        RunEndReason reason,
        Optional<Fault> fault,
        RunTerms terms,
        RunProgress progress,
        Instant endedAt) {}
