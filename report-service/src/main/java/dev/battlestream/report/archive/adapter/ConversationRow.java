package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.Conversation;
import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Ending;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    /** What was asked for and how it ended, as far as that is known. */
    static List<BattleEvent> events(ResultSet row, int number) throws SQLException {
        List<BattleEvent> events = new ArrayList<>();
        Instant requestedAt = Rows.time(row, "requested_at");
        if (requestedAt != null) {
            Integer messageLimit = row.getObject("message_limit", Integer.class);
            events.add(
                    new BattleEvent.Requested(
                            requestedAt,
                            row.getString("agent_id"),
                            row.getString("model"),
                            // Rows of the first version do not tell it.
                            messageLimit == null ? BattleStatus.MOST_TURNS : messageLimit,
                            row.getString("run_id")));
        }
        Conversation.Finish finish = finish(row);
        if (finish != null) {
            events.add(new BattleEvent.Ended(finish.ending(), finish.used()));
        }
        return events;
    }

    private static Conversation.@Nullable Finish finish(ResultSet row) throws SQLException {
        Instant endedAt = Rows.time(row, "ended_at");
        if (endedAt == null) {
            return null;
        }
        return new Conversation.Finish(
                new Ending(
                        EndReason.valueOf(Rows.constant(row.getString("end_reason"))),
                        Rows.failure(row),
                        row.getInt("turn_count"),
                        row.getInt("message_count"),
                        row.getInt("verdict_count"),
                        Rows.required(row, "started_at"),
                        endedAt,
                        row.getString("run_id"),
                        row.getBigDecimal("next_call_usd"),
                        row.getBigDecimal("unsettled_usd")),
                Rows.used(row));
    }
}
