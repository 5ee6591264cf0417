package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.Conversation;
import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.FactBatch;
import dev.battlestream.report.archive.ListCursor;
import dev.battlestream.report.archive.ListQuery;
import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.adapter.Spelling;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of battles. A battle's row comes of its request and its outcome, in either order, and
 * is the same in the end; of each, the first that is written counts.
 */
final class Conversations {

    private static final Columns ASKED =
            Columns.of(
                    "month, battle_id, created_at, requested_at, client_id, agent_id, model,"
                            + " message_limit, run_id, state");

    private static final Columns FINISHED =
            Columns.of(
                    "month, battle_id, created_at, client_id, run_id, state, started_at, ended_at,"
                            + " end_reason, failure_class, failure_detail, turn_count,"
                            + " message_count, verdict_count, next_call_usd, unsettled_usd, "
                            + Columns.USED);

    private static final String ASK =
            """
            INSERT INTO report.conversation AS kept (%s) VALUES %s
            ON CONFLICT (month, battle_id) DO UPDATE SET
                created_at = EXCLUDED.created_at,
                requested_at = EXCLUDED.requested_at,
                client_id = COALESCE(kept.client_id, EXCLUDED.client_id),
                agent_id = EXCLUDED.agent_id,
                model = EXCLUDED.model,
                message_limit = EXCLUDED.message_limit,
                run_id = COALESCE(kept.run_id, EXCLUDED.run_id)
            WHERE kept.requested_at IS NULL
            """;

    private static final String FINISH =
            """
            INSERT INTO report.conversation AS kept (%s) VALUES %s
            ON CONFLICT (month, battle_id) DO UPDATE SET
                client_id = COALESCE(EXCLUDED.client_id, kept.client_id),
                run_id = COALESCE(EXCLUDED.run_id, kept.run_id),
            """
                    + FINISHED.assignmentBut(
                            "month", "battle_id", "created_at", "client_id", "run_id")
                    + " WHERE kept.ended_at IS NULL";

    private final JdbcClient sql;

    Conversations(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Writes requests and outcomes of battles; to be called in a transaction.
     *
     * @param months where each battle lies
     * @return how many facts are new
     */
    int write(FactBatch batch, Map<UUID, LocalDate> months) {
        return ASKED.insert(
                        sql,
                        ASK,
                        batch.of(Fact.Asked.class).stream()
                                .map(request -> row(request, months.get(request.battleId())))
                                .toList())
                + FINISHED.insert(
                        sql,
                        FINISH,
                        batch.of(Fact.Finished.class).stream()
                                .map(outcome -> row(outcome, months.get(outcome.battleId())))
                                .toList());
    }

    private static List<@Nullable Object> row(Fact.Asked request, @Nullable LocalDate month) {
        OffsetDateTime at = Rows.time(request.requestedAt());
        return Rows.row(
                month,
                request.battleId(),
                at,
                at,
                request.clientId(),
                request.agentId(),
                request.model(),
                request.messageLimit(),
                request.runId(),
                ConversationRow.OPEN);
    }

    private static List<@Nullable Object> row(Fact.Finished outcome, @Nullable LocalDate month) {
        Ending ending = outcome.ending();
        OffsetDateTime started = Rows.time(ending.startedAt());
        List<@Nullable Object> values =
                Rows.row(
                        month,
                        outcome.battleId(),
                        started,
                        outcome.clientId(),
                        outcome.runId(),
                        Spelling.name(ending.reason().state()),
                        started,
                        Rows.time(ending.endedAt()),
                        Spelling.name(ending.reason()),
                        Rows.cause(ending.failure()),
                        outcome.failureDetail(),
                        ending.turns(),
                        ending.messageCount(),
                        ending.verdictCount(),
                        ending.nextCallUsd(),
                        ending.unsettledUsd());
        values.addAll(Rows.used(outcome.used()));
        return values;
    }

    /** What is kept of a battle's request and outcome, as far as they are known. */
    List<BattleEvent> events(UUID battleId) {
        return sql.sql(
                        """
                        SELECT kept.* FROM report.placement AS placed
                        JOIN report.conversation AS kept
                          ON kept.month = placed.month AND kept.battle_id = placed.id
                        WHERE placed.id = ?
                        """)
                .param(battleId)
                .query(ConversationRow::events)
                .optional()
                .orElse(List.of());
    }

    /** The rows that a query asks for, newest first, and one more if there is one. */
    List<Conversation> find(ListQuery query) {
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
                "run_id = ?",
                query.runId() == null ? null : query.runId().toString());
        Rows.restrict(
                where,
                values,
                "created_at >= ?",
                query.from() == null ? null : Rows.time(query.from()));
        Rows.restrict(
                where, values, "created_at < ?", query.to() == null ? null : Rows.time(query.to()));
        ListCursor after = query.after();
        if (after != null) {
            where.append(" AND (created_at, battle_id) < (?, ?)");
            Collections.addAll(values, Rows.time(after.createdAt()), after.id());
        }
        values.add(query.limit() + 1);
        return sql.sql(
                        "SELECT * FROM report.conversation WHERE "
                                + where
                                + " ORDER BY created_at DESC, battle_id DESC LIMIT ?")
                .params(values)
                .query(ConversationRow::read)
                .list();
    }
}
