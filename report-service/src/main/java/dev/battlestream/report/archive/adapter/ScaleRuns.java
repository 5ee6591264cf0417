package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.ArchivedRun;
import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.FactBatch;
import dev.battlestream.report.archive.ListCursor;
import dev.battlestream.report.archive.ListQuery;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.scale.RunEndReason;
import dev.battlestream.report.scale.RunEnding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of scale runs, filled as that of battles: see {@link Conversations}. */
final class ScaleRuns {

    private static final String ASKED_COLUMNS =
            "run_id, created_at, requested_at, client_id, agent_id, model, specification_digest,"
                    + " run_count, state";

    private static final int ASKED_WIDTH = 9;

    private static final String FINISHED_COLUMNS =
            "run_id, created_at, client_id, run_count, state, started_at, ended_at, end_reason,"
                    + " failure_class, failure_detail, launched, goals, cost_usd, unsettled_usd";

    private static final int FINISHED_WIDTH = 14;

    private static final String ASK =
            """
            INSERT INTO report.scale_run AS kept (%s) VALUES %s
            ON CONFLICT (run_id) DO UPDATE SET
                created_at = EXCLUDED.created_at,
                requested_at = EXCLUDED.requested_at,
                client_id = COALESCE(kept.client_id, EXCLUDED.client_id),
                agent_id = EXCLUDED.agent_id,
                model = EXCLUDED.model,
                specification_digest = EXCLUDED.specification_digest,
                run_count = EXCLUDED.run_count
            WHERE kept.requested_at IS NULL
            """;

    private static final String FINISH =
            """
            INSERT INTO report.scale_run AS kept (%s) VALUES %s
            ON CONFLICT (run_id) DO UPDATE SET
                client_id = COALESCE(EXCLUDED.client_id, kept.client_id),
                (state, started_at, ended_at, end_reason, failure_class, failure_detail,
                 launched, goals, cost_usd, unsettled_usd) =
                (EXCLUDED.state, EXCLUDED.started_at, EXCLUDED.ended_at, EXCLUDED.end_reason,
                 EXCLUDED.failure_class, EXCLUDED.failure_detail, EXCLUDED.launched,
                 EXCLUDED.goals, EXCLUDED.cost_usd, EXCLUDED.unsettled_usd)
            WHERE kept.ended_at IS NULL
            """;

    private final JdbcClient sql;

    ScaleRuns(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Writes what a batch says of runs; to be called in a transaction.
     *
     * @return how many facts of it are new
     */
    int write(FactBatch batch) {
        return ask(batch.runsAsked()) + finish(batch.runsFinished());
    }

    private int ask(List<Fact.RunAsked> requests) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Fact.RunAsked request : requests) {
            OffsetDateTime at = Rows.time(request.requestedAt());
            Collections.addAll(
                    values,
                    request.runId(),
                    at,
                    at,
                    request.clientId(),
                    request.agentId(),
                    request.model(),
                    request.digest(),
                    request.runCount(),
                    ConversationRow.OPEN);
        }
        return Rows.insert(sql, ASK, ASKED_COLUMNS, ASKED_WIDTH, values);
    }

    private int finish(List<Fact.RunFinished> outcomes) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Fact.RunFinished outcome : outcomes) {
            RunEnding ending = outcome.ending();
            Failure failure = ending.failure();
            OffsetDateTime started = Rows.time(ending.startedAt());
            Collections.addAll(
                    values,
                    outcome.runId(),
                    started,
                    outcome.clientId(),
                    outcome.runCount(),
                    Spelling.name(ending.reason().state()),
                    started,
                    Rows.time(ending.endedAt()),
                    Spelling.name(ending.reason()),
                    failure == null ? null : Spelling.name(failure.cause()),
                    outcome.failureDetail(),
                    ending.launched(),
                    outcome.goals(),
                    outcome.costUsd(),
                    outcome.unsettledUsd());
        }
        return Rows.insert(sql, FINISH, FINISHED_COLUMNS, FINISHED_WIDTH, values);
    }

    /** The rows of a state behind a place, newest first, and one more if there is one. */
    List<ArchivedRun> find(ListQuery query) {
        StringBuilder where = new StringBuilder("TRUE");
        List<@Nullable Object> values = new ArrayList<>();
        Rows.restrict(
                where,
                values,
                "state = ?",
                query.state() == null ? null : Spelling.name(query.state()));
        ListCursor after = query.after();
        if (after != null) {
            where.append(" AND (created_at, run_id) < (?, ?)");
            Collections.addAll(values, Rows.time(after.createdAt()), after.id());
        }
        values.add(query.limit() + 1);
        return sql.sql(
                        "SELECT * FROM report.scale_run WHERE "
                                + where
                                + " ORDER BY created_at DESC, run_id DESC LIMIT ?")
                .params(values)
                .query((row, _) -> read(row))
                .list();
    }

    private static ArchivedRun read(ResultSet row) throws SQLException {
        return new ArchivedRun(
                row.getObject("run_id", UUID.class),
                Rows.required(row, "created_at"),
                row.getString("client_id"),
                row.getInt("run_count"),
                finish(row));
    }

    private static ArchivedRun.@Nullable Finish finish(ResultSet row) throws SQLException {
        Instant endedAt = Rows.time(row, "ended_at");
        return endedAt == null
                ? null
                : new ArchivedRun.Finish(
                        RunEndReason.valueOf(ConversationRow.constant(row.getString("end_reason"))),
                        row.getInt("launched"),
                        row.getInt("goals"),
                        row.getBigDecimal("cost_usd"),
                        Rows.required(row, "started_at"),
                        endedAt);
    }
}
