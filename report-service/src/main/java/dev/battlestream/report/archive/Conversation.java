package dev.battlestream.report.archive;

import dev.battlestream.report.battle.BattleState;
import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Used;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A battle as the archive knows it.
 *
 * @param createdAt what lists are ordered by: when it was asked for, or started while no request is
 *     known
 * @param agentId the agent that plays; null while no request is known
 * @param model the model that was asked for; null while no request is known, empty for the runner's
 *     default
 * @param runId the scale run that it belongs to; null for none
 * @param finish how it ended; null while no outcome is known
 */
public record Conversation(
        UUID battleId,
        Instant createdAt,
        @Nullable String agentId,
        @Nullable String model,
        @Nullable String runId,
        @Nullable Finish finish) {

    /**
     * How a battle ended.
     *
     * @param ending when and why
     * @param used what each role has used
     */
    public record Finish(Ending ending, Used used) {}

    /**
     * Where it stands. The archive reads requests and outcomes only: what has not ended is running
     * to it, also while it waits for a runner.
     */
    public BattleState state() {
        return finish == null ? BattleState.RUNNING : finish.ending().reason().state();
    }

    /** The place of this row in lists. */
    public ListCursor cursor() {
        return new ListCursor(createdAt, battleId);
    }
}
