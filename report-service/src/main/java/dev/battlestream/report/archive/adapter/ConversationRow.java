package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.Conversation;
import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a row of the table. */
final class ConversationRow {

    /** The state of a row whose battle has no outcome yet. */
    static final String OPEN = "running";

    private ConversationRow() {}

    static Conversation read(ResultSet row, int number) throws SQLException {
        return new Conversation(
                row.getObject("battle_id", UUID.class),
                Rows.required(row, "created_at"),
                row.getString("agent_id"),
                row.getString("model"),
                row.getString("run_id"),
                finish(row));
    }

    private static Conversation.@Nullable Finish finish(ResultSet row) throws SQLException {
        Instant endedAt = Rows.time(row, "ended_at");
        if (endedAt == null) {
            return null;
        }
        return new Conversation.Finish(
                new Ending(
                        EndReason.valueOf(constant(row.getString("end_reason"))),
                        failure(row),
                        row.getInt("turn_count"),
                        row.getInt("message_count"),
                        row.getInt("verdict_count"),
                        Rows.required(row, "started_at"),
                        endedAt,
                        row.getString("run_id"),
                        row.getBigDecimal("next_call_usd"),
                        row.getBigDecimal("unsettled_usd")),
                new Used(
                        spent(row, "agent"),
                        spent(row, "opponent"),
                        spent(row, "judge"),
                        row.getBigDecimal("strong_judge_cost_usd") == null
                                ? null
                                : spent(row, "strong_judge")));
    }

    private static @Nullable Failure failure(ResultSet row) throws SQLException {
        String cause = row.getString("failure_class");
        String detail = row.getString("failure_detail");
        return cause == null
                ? null
                : new Failure(Failure.Cause.valueOf(constant(cause)), detail == null ? "" : detail);
    }

    private static Spent spent(ResultSet row, String role) throws SQLException {
        return new Spent(
                row.getInt(role + "_calls"),
                row.getLong(role + "_tokens_in"),
                row.getLong(role + "_tokens_out"),
                row.getBigDecimal(role + "_cost_usd"));
    }

    static String constant(String name) {
        return name.toUpperCase(Locale.ROOT);
    }
}
