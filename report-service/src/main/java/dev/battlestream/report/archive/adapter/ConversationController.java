package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.ListForm;
import dev.battlestream.report.archive.ListQuery;
import dev.battlestream.report.battle.adapter.InvalidRequestException;
import dev.battlestream.report.battle.adapter.OutageException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the battles that the archive knows, newest first. */
@RestController
final class ConversationController {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Conversations conversations;

    ConversationController(Conversations conversations) {
        this.conversations = conversations;
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
        ListQuery query = query(new ListForm(state, agentId, runId, from, to, cursor, limit));
        try {
            return ConversationBody.Page.of(conversations.find(query), query.limit());
        } catch (DataAccessException e) {
            throw new OutageException(
                    "archive_unavailable",
                    "the archive does not answer; battles go on meanwhile",
                    RETRY_AFTER,
                    e);
        }
    }

    private static ListQuery query(ListForm form) {
        return switch (form.read()) {
            case ListForm.Reading.Query(var query) -> query;
            case ListForm.Reading.Refused(var faults) -> {
                Map<String, String> byField = new LinkedHashMap<>();
                faults.forEach(fault -> byField.put(fault.field(), fault.message()));
                throw new InvalidRequestException(byField);
            }
        };
    }
}
