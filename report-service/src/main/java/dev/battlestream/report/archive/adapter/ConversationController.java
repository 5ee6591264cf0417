package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.ListForm;
import dev.battlestream.report.archive.ListQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the battles that the archive knows, newest first. */
@RestController
final class ConversationController {

    private final Conversations conversations;

    ConversationController(ArchiveTables tables) {
        this.conversations = tables.conversations();
    }

    @GetMapping("/internal/battles")
    ConversationBody.Page list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String agentId,
            @RequestParam(required = false) @Nullable String runId,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        ListQuery query = Lists.query(new ListForm(state, agentId, runId, from, to, cursor, limit));
        return ConversationBody.Page.of(
                Lists.answer(() -> conversations.find(query)), query.limit());
    }
}
