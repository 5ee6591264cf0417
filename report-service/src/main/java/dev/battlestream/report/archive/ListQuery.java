package dev.battlestream.report.archive;

import dev.battlestream.report.battle.BattleState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which battles or runs are asked for, newest first; what is null restricts nothing.
 *
 * @param state those in this state; the archive cannot tell queued from running
 * @param agentId those of this agent
 * @param runId those of this scale run
 * @param from those created then or later
 * @param to those created before
 * @param after those behind this place
 * @param limit how many at most, 1 to {@value #MOST}
 */
public record ListQuery(
        @Nullable BattleState state,
        @Nullable String agentId,
        @Nullable UUID runId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable ListCursor after,
        int limit) {

    /** The most rows of one page. */
    public static final int MOST = 200;

    /** How many rows a page has where nobody says. */
    public static final int USUAL = 50;

    public ListQuery {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit is 1 to " + MOST + ": " + limit);
        }
        // The archive has no queued battles: to it, what has not ended is running.
        state = state == BattleState.QUEUED ? BattleState.RUNNING : state;
    }
}
