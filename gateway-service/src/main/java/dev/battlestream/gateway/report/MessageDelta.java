package dev.battlestream.gateway.report;

import org.jspecify.annotations.Nullable;

/**
 * What the report service tells of a message that is being written.
 *
 * @param seq the seq that the message will have
 * @param turn the agent's turn it belongs to
 * @param attempt which dispatch of the call writes it, from 1
 * @param index place among the deltas of this attempt
 * @param offset characters that stand before the text; null when the call is tried again
 * @param text more of the message; null when the call is tried again
 */
public record MessageDelta(
        int seq,
        int turn,
        int attempt,
        int index,
        @Nullable Integer offset,
        @Nullable String text) {}
