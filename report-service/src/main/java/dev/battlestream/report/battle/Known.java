package dev.battlestream.report.battle;

import java.time.Instant;

/**
 * What the view of statuses remembers of a battle.
 *
 * <pre>
 * (nothing) ──any event──▶ BattleStatus ──deletion──▶ DeletedBattle
 *     └───────────────────deletion─────────────────────────▲
 * </pre>
 */
public sealed interface Known permits BattleStatus, DeletedBattle {

    /** Timestamp of the record that says how long it is remembered. */
    Instant recordedAt();
}
