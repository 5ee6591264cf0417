package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.ListForm;
import dev.battlestream.report.archive.ListQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lists the scale runs that the archive knows, newest first. */
@RestController
final class ScaleRunController {

    private final ScaleRuns runs;

    ScaleRunController(ArchiveTables tables) {
        this.runs = tables.runs();
    }

    @GetMapping("/internal/runs")
    ScaleRunBody.Page list(
            @RequestParam(required = false) @Nullable String state,
            @RequestParam(required = false) @Nullable String agentId,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(required = false) @Nullable String limit) {
        // Runs have the states of battles.
        ListQuery query = Lists.query(new ListForm(state, agentId, null, from, to, cursor, limit));
        return ScaleRunBody.Page.of(Lists.answer(() -> runs.find(query)), query.limit());
    }
}
