package dev.battlestream.report.battle;

/** What a fold made of an event. */
public sealed interface Folded {

    /** The event counts; this is the status with it. */
    record Kept(BattleStatus status) implements Folded {}

    /** The event takes the battle away; this remains. */
    record Deleted(DeletedBattle marker) implements Folded {}

    /** The event changes nothing. */
    record Dropped(DropReason reason) implements Folded {}
}
