package dev.battlestream.report.battle;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a battle. Its topics reach a reader in any order, so this is no life of states
 * but a join of independent facts, each of which may be missing: the request may come after the
 * first message, the outcome before the last.
 *
 * @param battleId the battle
 * @param request what was asked for; null while unseen
 * @param seen how much of it has been seen
 * @param turn turns that the agent has played
 * @param model model of the first message; null before it
 * @param used what it has used
 * @param times when it did what
 * @param ending how it ended; null while that is unknown
 */
public record BattleStatus(
        String battleId,
        BattleEvent.@Nullable Requested request,
        Seen seen,
        int turn,
        @Nullable String model,
        Used used,
        Times times,
        @Nullable Ending ending)
        implements Known {

    /** The most messages an agent may send in one battle; the limit while no request is known. */
    public static final int MOST_TURNS = 25;

    @Override
    public Instant recordedAt() {
        return times.recordedAt();
    }

    /** Where the battle stands. */
    public BattleState state() {
        return BattleState.of(seen.places() > 0 || seen.verdicts() > 0, ending);
    }

    /** Messages that belong to the battle, as far as is known. */
    public int messageCount() {
        return ending == null ? seen.messages() : ending.messageCount();
    }

    /** Verdicts that belong to the battle, as far as is known. */
    public int verdictCount() {
        return ending == null ? seen.verdicts() : ending.verdictCount();
    }

    /** Whether the battle has ended and everything that belongs to it has been seen. */
    public boolean complete() {
        return ending != null
                && seen.messages() == ending.messageCount()
                && seen.verdicts() == ending.verdictCount();
    }

    /** Turns played over turns allowed, 0 to 1; 1 once it ended. */
    public double progress() {
        if (ending != null) {
            return 1.0;
        }
        int asked = request == null ? MOST_TURNS : request.messageLimit();
        return Math.min(1.0, (double) turn / Math.clamp(asked, 1, MOST_TURNS));
    }

    /** The scale run that the battle belongs to; null for none or while unknown. */
    public @Nullable String runId() {
        if (ending != null && ending.runId() != null) {
            return ending.runId();
        }
        return request == null ? null : request.runId();
    }

    /** The model that plays; null while nothing names one. */
    public @Nullable String playingModel() {
        if (model != null) {
            return model;
        }
        return request == null || request.model().isBlank() ? null : request.model();
    }
}
