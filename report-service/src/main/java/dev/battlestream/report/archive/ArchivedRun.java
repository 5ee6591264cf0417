package dev.battlestream.report.archive;

import dev.battlestream.report.scale.RunEndReason;
import dev.battlestream.report.scale.RunState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A scale run as the archive knows it.
 *
 * @param createdAt what lists are ordered by: when it was asked for, or started while no request is
 *     known
 * @param clientId who asked for it; null if that is unknown
 * @param total battles that were asked for
 * @param finish how it ended; null while no outcome is known
 */
public record ArchivedRun(
        UUID runId,
        Instant createdAt,
        @Nullable String clientId,
        int total,
        @Nullable Finish finish) {

    /**
     * How a run ended.
     *
     * @param launched battles that were launched
     * @param goals those of them that reached their goal
     * @param costUsd what they have cost together, in US dollars
     */
    public record Finish(
            RunEndReason reason,
            int launched,
            int goals,
            BigDecimal costUsd,
            Instant startedAt,
            Instant endedAt) {}

    /**
     * Where it stands. The archive reads requests and outcomes only: what has not ended is running
     * to it, also while it waits for a runner.
     */
    public RunState state() {
        return finish == null ? RunState.RUNNING : finish.reason().state();
    }

    /** The place of this row in lists. */
    public ListCursor cursor() {
        return new ListCursor(createdAt, runId);
    }
}
