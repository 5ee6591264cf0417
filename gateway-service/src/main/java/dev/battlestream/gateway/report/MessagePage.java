package dev.battlestream.gateway.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some messages of a battle, in order.
 *
 * @param nextSeq what to ask for next as sinceSeq
 * @param total messages known by now
 * @param complete whether the battle has ended and nothing comes after this page
 */
public record MessagePage(List<Message> messages, int nextSeq, int total, boolean complete) {

    /** A page of a battle that has no messages. */
    public static MessagePage empty(int sinceSeq, boolean complete) {
        return new MessagePage(List.of(), sinceSeq, 0, complete);
    }

    /**
     * A message.
     *
     * @param seq place among the messages of the battle, from 1
     * @param turn the agent's turn it belongs to
     * @param role who played it
     * @param costUsd US dollars as decimal text
     * @param model model reference that was asked
     * @param answeredBy model reference that answered in its place after a failover; else null
     */
    public record Message(
            int seq,
            @Nullable Integer turn,
            String role,
            String content,
            @Nullable Long tokensIn,
            @Nullable Long tokensOut,
            @Nullable String costUsd,
            @Nullable String model,
            @Nullable String answeredBy,
            @Nullable Long latencyMs,
            @Nullable Instant createdAt) {}
}
