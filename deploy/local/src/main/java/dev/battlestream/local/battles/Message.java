package dev.battlestream.local.battles;

/**
 * A message of a battle.
 *
 * @param seq its place, from 1
 * @param turn the agent's turn it belongs to, 0 when the gateway does not say
 * @param role who played it
 * @param latencyMs how long the model took, milliseconds
 */
public record Message(
        int seq, int turn, String role, String content, String model, long latencyMs) {}
