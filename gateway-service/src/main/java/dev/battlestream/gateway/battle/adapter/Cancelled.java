package dev.battlestream.gateway.battle.adapter;

/**
 * The answer to a cancellation.
 *
 * @param acknowledged true: the battle will end, or has ended by a cancellation
 * @param state the battle's state when it was asked for
 */
public record Cancelled(boolean acknowledged, String state) {}
