package dev.battlestream.report.scale;

import dev.battlestream.report.battle.Failure;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param failure why it was refused; null if it was not
 * @param launched members that were launched: those with index 1 to this
 * @param startedAt when the runner accepted the request
 * @param endedAt when the last member had ended, by the runner's clock
 */
public record RunEnding(
        RunEndReason reason,
        @Nullable Failure failure,
        int launched,
        Instant startedAt,
        Instant endedAt) {}
