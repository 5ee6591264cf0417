package dev.battlestream.report.archive.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.battlestream.report.archive.Conversation;
import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.adapter.FailureBody;
import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.battle.adapter.UsageBody;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of a list as JSON; what only an end tells is left out before it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConversationBody(
        String jobId,
        String battleId,
        String conversationId,
        String state,
        Instant createdAt,
        @Nullable String agentId,
        @Nullable String model,
        @Nullable String runId,
        @Nullable Integer turn,
        @Nullable Integer messageCount,
        @Nullable String endedReason,
        @Nullable FailureBody failure,
        @Nullable UsageBody usage,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /** Rows of a list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<ConversationBody> battles, @Nullable String nextCursor) {

        /**
         * The page that shows at most so many of the rows.
         *
         * @param rows in their order, with one more than the limit if there are more
         */
        static Page of(List<Conversation> rows, int limit) {
            List<Conversation> shown = rows.subList(0, Math.min(limit, rows.size()));
            return new Page(
                    shown.stream().map(ConversationBody::of).toList(),
                    rows.size() > limit ? shown.getLast().cursor().text() : null);
        }
    }

    static ConversationBody of(Conversation row) {
        String id = row.battleId().toString();
        String model = row.model();
        Conversation.Finish finish = row.finish();
        Ending ending = finish == null ? null : finish.ending();
        return new ConversationBody(
                id,
                id,
                id,
                Spelling.name(row.state()),
                row.createdAt(),
                row.agentId(),
                model == null || model.isBlank() ? null : model,
                row.runId(),
                ending == null ? null : ending.turns(),
                ending == null ? null : ending.messageCount(),
                ending == null ? null : Spelling.name(ending.reason()),
                FailureBody.orNull(ending == null ? null : ending.failure()),
                finish == null ? null : UsageBody.of(finish.used()),
                ending == null ? null : ending.startedAt(),
                ending == null ? null : ending.endedAt());
    }
}
