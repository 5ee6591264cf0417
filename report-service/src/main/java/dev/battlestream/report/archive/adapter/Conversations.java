package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.Conversation;
import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.FactBatch;
import dev.battlestream.report.archive.ListCursor;
import dev.battlestream.report.archive.ListQuery;
import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import dev.battlestream.report.battle.adapter.Spelling;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table of battles. A battle's row comes of its request and its outcome, in either order, and
 * is the same in the end; of each, the first that is written counts.
 */
final class Conversations {

    private static final String ASKED_COLUMNS =
            "battle_id, created_at, requested_at, client_id, agent_id, model, run_id, state";

    private static final int ASKED_WIDTH = 8;

    private static final String FINISHED_COLUMNS =
            "battle_id, created_at, client_id, run_id, state, started_at, ended_at, end_reason,"
                    + " failure_class, failure_detail, turn_count, message_count, verdict_count,"
                    + " agent_calls, agent_tokens_in, agent_tokens_out, agent_cost_usd,"
                    + " opponent_calls, opponent_tokens_in, opponent_tokens_out,"
                    + " opponent_cost_usd, judge_calls, judge_tokens_in, judge_tokens_out,"
                    + " judge_cost_usd, strong_judge_calls, strong_judge_tokens_in,"
                    + " strong_judge_tokens_out, strong_judge_cost_usd, next_call_usd,"
                    + " unsettled_usd";

    private static final int FINISHED_WIDTH = 31;

    private static final String ASK =
            """
            INSERT INTO report.conversation AS kept (%s) VALUES %s
            ON CONFLICT (battle_id) DO UPDATE SET
                created_at = EXCLUDED.created_at,
                requested_at = EXCLUDED.requested_at,
                client_id = COALESCE(kept.client_id, EXCLUDED.client_id),
                agent_id = EXCLUDED.agent_id,
                model = EXCLUDED.model,
                run_id = COALESCE(kept.run_id, EXCLUDED.run_id)
            WHERE kept.requested_at IS NULL
            """;

    private static final String FINISH =
            """
            INSERT INTO report.conversation AS kept (%s) VALUES %s
            ON CONFLICT (battle_id) DO UPDATE SET
                client_id = COALESCE(EXCLUDED.client_id, kept.client_id),
                run_id = COALESCE(EXCLUDED.run_id, kept.run_id),
                (state, started_at, ended_at, end_reason, failure_class, failure_detail,
                 turn_count, message_count, verdict_count,
                 agent_calls, agent_tokens_in, agent_tokens_out, agent_cost_usd,
                 opponent_calls, opponent_tokens_in, opponent_tokens_out, opponent_cost_usd,
                 judge_calls, judge_tokens_in, judge_tokens_out, judge_cost_usd,
                 strong_judge_calls, strong_judge_tokens_in, strong_judge_tokens_out,
                 strong_judge_cost_usd, next_call_usd, unsettled_usd) =
                (EXCLUDED.state, EXCLUDED.started_at, EXCLUDED.ended_at, EXCLUDED.end_reason,
                 EXCLUDED.failure_class, EXCLUDED.failure_detail, EXCLUDED.turn_count,
                 EXCLUDED.message_count, EXCLUDED.verdict_count, EXCLUDED.agent_calls,
                 EXCLUDED.agent_tokens_in, EXCLUDED.agent_tokens_out, EXCLUDED.agent_cost_usd,
                 EXCLUDED.opponent_calls, EXCLUDED.opponent_tokens_in,
                 EXCLUDED.opponent_tokens_out, EXCLUDED.opponent_cost_usd, EXCLUDED.judge_calls,
                 EXCLUDED.judge_tokens_in, EXCLUDED.judge_tokens_out, EXCLUDED.judge_cost_usd,
                 EXCLUDED.strong_judge_calls, EXCLUDED.strong_judge_tokens_in,
                 EXCLUDED.strong_judge_tokens_out, EXCLUDED.strong_judge_cost_usd,
                 EXCLUDED.next_call_usd, EXCLUDED.unsettled_usd)
            WHERE kept.ended_at IS NULL
            """;

    private final JdbcClient sql;

    Conversations(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Writes what a batch says of battles; to be called in a transaction.
     *
     * @return how many facts of it are new
     */
    int write(FactBatch batch) {
        return ask(batch.asked()) + finish(batch.finished());
    }

    private int ask(List<Fact.Asked> requests) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Fact.Asked request : requests) {
            OffsetDateTime at = Rows.time(request.requestedAt());
            Collections.addAll(
                    values,
                    request.battleId(),
                    at,
                    at,
                    request.clientId(),
                    request.agentId(),
                    request.model(),
                    request.runId(),
                    ConversationRow.OPEN);
        }
        return Rows.insert(sql, ASK, ASKED_COLUMNS, ASKED_WIDTH, values);
    }

    private int finish(List<Fact.Finished> outcomes) {
        List<@Nullable Object> values = new ArrayList<>();
        for (Fact.Finished outcome : outcomes) {
            Ending ending = outcome.ending();
            Failure failure = ending.failure();
            OffsetDateTime started = Rows.time(ending.startedAt());
            Collections.addAll(
                    values,
                    outcome.battleId(),
                    started,
                    outcome.clientId(),
                    outcome.runId(),
                    Spelling.name(ending.reason().state()),
                    started,
                    Rows.time(ending.endedAt()),
                    Spelling.name(ending.reason()),
                    failure == null ? null : Spelling.name(failure.cause()),
                    outcome.failureDetail(),
                    ending.turns(),
                    ending.messageCount(),
                    ending.verdictCount());
            Used used = outcome.used();
            add(values, used.agent());
            add(values, used.opponent());
            add(values, used.judge());
            add(values, used.strongJudge());
            Collections.addAll(values, ending.nextCallUsd(), ending.unsettledUsd());
        }
        return Rows.insert(sql, FINISH, FINISHED_COLUMNS, FINISHED_WIDTH, values);
    }

    private static void add(List<@Nullable Object> values, @Nullable Spent spent) {
        Collections.addAll(
                values,
                spent == null ? null : spent.calls(),
                spent == null ? null : spent.tokensIn(),
                spent == null ? null : spent.tokensOut(),
                spent == null ? null : spent.costUsd());
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
