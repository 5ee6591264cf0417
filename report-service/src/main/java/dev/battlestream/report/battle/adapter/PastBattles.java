package dev.battlestream.report.battle.adapter;

/** Battles that have left the views, or are not there yet. */
public interface PastBattles {

    /**
     * Reads a battle. Its methods throw {@link OutageException} while it cannot be read.
     *
     * @param battleId of which nothing need be known
     */
    BattleReads of(String battleId);
}
