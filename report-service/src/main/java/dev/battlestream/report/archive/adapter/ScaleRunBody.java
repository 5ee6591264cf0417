package dev.battlestream.report.archive.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.battlestream.report.archive.ArchivedRun;
import dev.battlestream.report.battle.adapter.Spelling;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run of a list as JSON; what only an end tells is left out before it.
 *
 * @param requestedAt when it was asked for, or started while no request is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScaleRunBody(
        String runId,
        String state,
        @Nullable String endedReason,
        int total,
        @Nullable Integer launched,
        @Nullable Integer goals,
        @Nullable String costUsd,
        @Nullable String clientId,
        Instant requestedAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /** Rows of a list. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<ScaleRunBody> runs, @Nullable String nextCursor) {

        /**
         * The page that shows at most so many of the rows.
         *
         * @param rows in their order, with one more than the limit if there are more
         */
        static Page of(List<ArchivedRun> rows, int limit) {
            List<ArchivedRun> shown = rows.subList(0, Math.min(limit, rows.size()));
            return new Page(
                    shown.stream().map(ScaleRunBody::of).toList(),
                    rows.size() > limit ? shown.getLast().cursor().text() : null);
        }
    }

    static ScaleRunBody of(ArchivedRun run) {
        ArchivedRun.Finish finish = run.finish();
        return new ScaleRunBody(
                run.runId().toString(),
                Spelling.name(run.state()),
                finish == null ? null : Spelling.name(finish.reason()),
                run.total(),
                finish == null ? null : finish.launched(),
                finish == null ? null : finish.goals(),
                finish == null ? null : Spelling.money(finish.costUsd()),
                run.clientId(),
                run.createdAt(),
                finish == null ? null : finish.startedAt(),
                finish == null ? null : finish.endedAt());
    }
}
