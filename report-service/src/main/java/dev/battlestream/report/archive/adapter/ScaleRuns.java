package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.ArchivedRun;
import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.FactBatch;
import dev.battlestream.report.archive.ListCursor;
import dev.battlestream.report.archive.ListQuery;
import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEndReason;
import dev.battlestream.report.scale.RunEnding;
import dev.battlestream.report.scale.RunSpecification;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The table of scale runs, filled as that of battles: see {@link Conversations}. */
final class ScaleRuns {

    private static final Columns ASKED =
            Columns.of(
                    "month, run_id, created_at, requested_at, client_id, agent_id, model,"
                            + " specification_digest, run_count, state, message_limit, concurrency,"
                            + " variants::jsonb, seed, budget_usd, timeout_seconds,"
                            + " labels::jsonb");

    private static final Columns FINISHED =
            Columns.of(
                    "month, run_id, created_at, client_id, run_count, state, started_at, ended_at,"
                            + " end_reason, failure_class, failure_detail, launched, goals,"
                            + " cost_usd, unsettled_usd");

    private static final String ASK =
            """
            INSERT INTO report.scale_run AS kept (%s) VALUES %s
            ON CONFLICT (month, run_id) DO UPDATE SET
                client_id = COALESCE(kept.client_id, EXCLUDED.client_id),
            """
                    + ASKED.assignmentBut("month", "run_id", "client_id", "state")
                    + " WHERE kept.requested_at IS NULL";

    private static final String FINISH =
            """
            INSERT INTO report.scale_run AS kept (%s) VALUES %s
            ON CONFLICT (month, run_id) DO UPDATE SET
                client_id = COALESCE(EXCLUDED.client_id, kept.client_id),
            """
                    + FINISHED.assignmentBut(
                            "month", "run_id", "created_at", "client_id", "run_count")
                    + " WHERE kept.ended_at IS NULL";

    private static final TypeReference<Map<String, String>> LABELS = new TypeReference<>() {};
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient sql;

    ScaleRuns(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Writes requests and outcomes of runs; to be called in a transaction.
     *
     * @param months where each run lies
     * @return how many facts are new
     */
    int write(FactBatch batch, Map<UUID, LocalDate> months) {
        return ASKED.insert(
                        sql,
                        ASK,
                        batch.of(Fact.RunAsked.class).stream()
                                .map(request -> row(request, months.get(request.runId())))
                                .toList())
                + FINISHED.insert(
                        sql,
                        FINISH,
                        batch.of(Fact.RunFinished.class).stream()
                                .map(outcome -> row(outcome, months.get(outcome.runId())))
                                .toList());
    }

    private static List<@Nullable Object> row(Fact.RunAsked request, @Nullable LocalDate month) {
        OffsetDateTime at = Rows.time(request.requestedAt());
        RunSpecification asked = request.specification();
        return Rows.row(
                month,
                request.runId(),
                at,
                at,
                request.clientId(),
                asked.agentId(),
                asked.model(),
                asked.digest(),
                asked.runCount(),
                ConversationRow.OPEN,
                asked.messageLimit(),
                asked.concurrency(),
                JSON.writeValueAsString(asked.variants()),
                asked.seed(),
                asked.budgetUsd(),
                asked.timeout().toSeconds(),
                JSON.writeValueAsString(asked.labels()));
    }

    private static List<@Nullable Object> row(Fact.RunFinished outcome, @Nullable LocalDate month) {
        RunEnding ending = outcome.ending();
        OffsetDateTime started = Rows.time(ending.startedAt());
        return Rows.row(
                month,
                outcome.runId(),
                started,
                outcome.clientId(),
                outcome.runCount(),
                Spelling.name(ending.reason().state()),
                started,
                Rows.time(ending.endedAt()),
                Spelling.name(ending.reason()),
                Rows.cause(ending.failure()),
                outcome.failureDetail(),
                ending.launched(),
                outcome.goals(),
                outcome.costUsd(),
                outcome.unsettledUsd());
    }

    /** What is kept of a run beside its members; null if there is nothing. */
    @Nullable Run run(UUID runId) {
        List<Run.AsOf> asOf =
                sql.sql(
                                """
                                SELECT kept.* FROM report.placement AS placed
                                JOIN report.scale_reading AS kept
                                  ON kept.month = placed.month AND kept.run_id = placed.id
                                WHERE placed.id = ?
                                """)
                        .param(runId)
                        .query((row, _) ->
                                new Run.AsOf(
                                        row.getString("topic"),
                                        row.getInt("partition"),
                                        row.getLong("next_offset")))
                        .list();
        return sql.sql(
                        """
                        SELECT kept.* FROM report.placement AS placed
                        JOIN report.scale_run AS kept
                          ON kept.month = placed.month AND kept.run_id = placed.id
                        WHERE placed.id = ?
                        """)
                .param(runId)
                .query((row, _) ->
                        new Run(
                                runId.toString(),
                                Rows.time(row, "requested_at"),
                                specification(row),
                                ending(row),
                                asOf))
                .optional()
                .orElse(asOf.isEmpty() ? null : new Run(runId.toString(), null, null, null, asOf));
    }

    /** Null while no request is known, and in rows of the first version, which do not tell it. */
    private static @Nullable RunSpecification specification(ResultSet row) throws SQLException {
        String variants = row.getString("variants");
        String labels = row.getString("labels");
        if (variants == null || labels == null) {
            return null;
        }
        return new RunSpecification(
                row.getString("specification_digest"),
                row.getString("agent_id"),
                row.getString("model"),
                row.getInt("message_limit"),
                row.getInt("run_count"),
                row.getInt("concurrency"),
                List.of(JSON.readValue(variants, RunSpecification.RunVariant[].class)),
                row.getObject("seed", Long.class),
                row.getBigDecimal("budget_usd"),
                Duration.ofSeconds(row.getLong("timeout_seconds")),
                JSON.readValue(labels, LABELS));
    }

    private static @Nullable RunEnding ending(ResultSet row) throws SQLException {
        Instant endedAt = Rows.time(row, "ended_at");
        return endedAt == null
                ? null
                : new RunEnding(
                        RunEndReason.valueOf(Rows.constant(row.getString("end_reason"))),
                        Rows.failure(row),
                        row.getInt("launched"),
                        Rows.required(row, "started_at"),
                        endedAt);
    }

    /** The rows that a query asks for, newest first, and one more if there is one. */
    List<ArchivedRun> find(ListQuery query) {
        StringBuilder where = new StringBuilder("TRUE");
        List<@Nullable Object> values = new ArrayList<>();
        Rows.restrict(
                where,
                values,
                "state = ?",
                query.state() == null ? null : Spelling.name(query.state()));
        Rows.restrict(where, values, "agent_id = ?", query.agentId());
        Rows.restrict(
                where,
                values,
                "created_at >= ?",
                query.from() == null ? null : Rows.time(query.from()));
        Rows.restrict(
                where, values, "created_at < ?", query.to() == null ? null : Rows.time(query.to()));
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
                        RunEndReason.valueOf(Rows.constant(row.getString("end_reason"))),
                        row.getInt("launched"),
                        row.getInt("goals"),
                        row.getBigDecimal("cost_usd"),
                        Rows.required(row, "started_at"),
                        endedAt);
    }
}
