package dev.battlestream.report.battle.adapter;

import dev.battlestream.report.battle.BattleStatus;
import org.jspecify.annotations.Nullable;

/** Finds a battle where it is: in the views, and when it has left them in the archive. */
final class Battles {

    /**
     * A battle that was found.
     *
     * @param status read before anything else: what it says has ended has its rows in place
     */
    record Found(BattleReads reads, BattleStatus status) {

        private static @Nullable Found in(BattleReads reads) {
            BattleStatus status = reads.status();
            return status == null ? null : new Found(reads, status);
        }
    }

    private final Views views;
    private final PastBattles past;

    Battles(Views views, PastBattles past) {
        this.views = views;
        this.past = past;
    }

    /**
     * Finds a battle.
     *
     * @throws UnknownBattleException if it is unknown there
     * @throws ViewUnavailableException if the views are asked and not ready
     * @throws OutageException if the archive is asked and away
     */
    Found find(String battleId, Source source) {
        Found found = source == Source.ARCHIVE ? null : Found.in(views.of(battleId));
        if (found == null && source != Source.VIEWS) {
            found = Found.in(past.of(battleId));
        }
        if (found == null) {
            throw new UnknownBattleException();
        }
        return found;
    }

    /**
     * A battle that is over and lies in the archive only; null for all others, and while the
     * archive is away: who follows a battle never waits for it.
     */
    @Nullable BattleReads onlyPast(String battleId) {
        if (views.of(battleId).status() != null) {
            return null;
        }
        try {
            BattleReads reads = past.of(battleId);
            BattleStatus status = reads.status();
            return status != null && status.complete() ? reads : null;
        } catch (OutageException _) {
            return null;
        }
    }
}
