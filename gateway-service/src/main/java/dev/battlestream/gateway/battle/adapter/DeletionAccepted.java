package dev.battlestream.gateway.battle.adapter;

/**
 * The answer to a deletion.
 *
 * @param acknowledged true: the battle will be gone in a moment
 * @param state the battle's state when it was asked for
 */
public record DeletionAccepted(boolean acknowledged, String state) {}
