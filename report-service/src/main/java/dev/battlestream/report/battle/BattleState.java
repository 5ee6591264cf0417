package dev.battlestream.report.battle;

import org.jspecify.annotations.Nullable;

/**
 * Where a battle stands, as its readers are told.
 *
 * <pre>
 * QUEUED ──first message, failed turn or verdict──▶ RUNNING
 *   │                                                  │
 *   └────────────────────── outcome ───────────────────┴──▶ COMPLETED  goal, limit, plateau, budget, stopped
 *                                                           FAILED     error
 *                                                           CANCELED   manual
 *                                                           TIMEOUT    timeout
 * </pre>
 *
 * The log does not say when the runner took a request up, so a battle counts as queued until the
 * first thing that was played or judged is seen. A state never goes back.
 */
public enum BattleState {
    /** Asked for; nothing has been played yet. */
    QUEUED,
    /** Something has been played or judged. */
    RUNNING,
    /** A stop rule of the battle ended it. */
    COMPLETED,
    /** Something failed for good; the status says what. */
    FAILED,
    /** Somebody ended it. */
    CANCELED,
    /** Time ended it. */
    TIMEOUT;

    static BattleState of(boolean started, @Nullable Ending ending) {
        if (ending != null) {
            return ending.reason().state();
        }
        return started ? RUNNING : QUEUED;
    }
}
