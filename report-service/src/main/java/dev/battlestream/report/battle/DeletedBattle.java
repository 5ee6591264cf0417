package dev.battlestream.report.battle;

import java.time.Instant;

/**
 * A battle that somebody wanted forgotten. Nothing of it is kept but that, so that records of it
 * that come later, or again, do not bring it back.
 *
 * @param battleId the battle
 * @param recordedAt timestamp of the first deletion's record
 */
public record DeletedBattle(String battleId, Instant recordedAt) implements Known {}
