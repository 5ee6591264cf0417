package dev.battlestream.report.battle.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Page;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message as JSON; the role is agent, opponent or unknown. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record MessageBody(
        int seq,
        int turn,
        String role,
        String content,
        int tokensIn,
        int tokensOut,
        String costUsd,
        String model,
        @Nullable String answeredBy,
        long latencyMs,
        Instant createdAt) {

    /** A page of messages as JSON. */
    record Messages(List<MessageBody> messages, int nextSeq, int total, boolean complete) {

        static Messages of(Page<Message> page) {
            return new Messages(
                    page.rows().stream().map(MessageBody::of).toList(),
                    page.next(),
                    page.total(),
                    page.complete());
        }
    }

    static MessageBody of(Message message) {
        return new MessageBody(
                message.seq(),
                message.turn(),
                Spelling.name(message.speaker()),
                message.content(),
                message.tokensIn(),
                message.tokensOut(),
                Spelling.money(message.costUsd()),
                message.model(),
                message.answeredBy(),
                message.latencyMs(),
                message.producedAt());
    }
}
