package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.Admission;
import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.FactBatch;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Speaker;
import dev.battlestream.report.battle.adapter.Spelling;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The table of messages; which of them are written, {@link Admission} says. */
final class Messages {

    private static final Columns COLUMNS =
            Columns.of(
                    "month, battle_id, seq, turn, speaker, content, model, answered_by, tokens_in,"
                            + " tokens_out, cost_usd, latency_ms, calls, produced_at, failed");

    private static final String INSERT =
            """
            INSERT INTO report.message (%s) VALUES %s
            ON CONFLICT (month, battle_id, seq) DO NOTHING
            """;

    private final JdbcClient sql;

    Messages(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Writes messages; to be called in a transaction.
     *
     * @param months where each battle lies
     * @return how many are new
     */
    int write(FactBatch batch, Map<UUID, LocalDate> months) {
        return COLUMNS.insert(
                sql,
                INSERT,
                batch.of(Fact.Played.class).stream()
                        .map(played ->
                                row(
                                        played.battleId(),
                                        months.get(played.battleId()),
                                        played.message()))
                        .toList());
    }

    private static List<@Nullable Object> row(
            UUID battleId, @Nullable LocalDate month, Message message) {
        return Rows.row(
                month,
                battleId,
                message.seq(),
                message.turn(),
                Spelling.name(message.speaker()),
                message.content(),
                message.model(),
                message.answeredBy(),
                message.tokensIn(),
                message.tokensOut(),
                message.costUsd(),
                message.latencyMs(),
                message.calls(),
                Rows.time(message.producedAt()),
                message.failed());
    }

    /** Deletes what turns out not to belong to battles. */
    void prune(List<Admission.Surplus> surplus) {
        for (Admission.Surplus each : surplus) {
            sql.sql(
                            """
                            DELETE FROM report.message
                            WHERE battle_id = ? AND seq > ?
                              AND month = (SELECT month FROM report.placement WHERE id = ?)
                            """)
                    .params(each.battleId(), each.end().messages(), each.battleId())
                    .update();
        }
    }

    /** The rows of a battle behind a seq in order, at most so many; failed turns included. */
    List<Message> after(UUID battleId, int seq, int limit) {
        return sql.sql(
                        """
                        SELECT kept.* FROM report.placement AS placed
                        JOIN report.message AS kept
                          ON kept.month = placed.month AND kept.battle_id = placed.id
                        WHERE placed.id = ? AND kept.seq > ?
                        ORDER BY kept.seq LIMIT ?
                        """)
                .params(battleId, seq, limit)
                .query(Messages::read)
                .list();
    }

    private static Message read(ResultSet row, int number) throws SQLException {
        return new Message(
                row.getInt("seq"),
                row.getInt("turn"),
                Speaker.valueOf(Rows.constant(row.getString("speaker"))),
                row.getString("content"),
                row.getString("model"),
                row.getInt("tokens_in"),
                row.getInt("tokens_out"),
                row.getBigDecimal("cost_usd"),
                row.getLong("latency_ms"),
                row.getInt("calls"),
                Rows.required(row, "produced_at"),
                row.getBoolean("failed"),
                row.getString("answered_by"));
    }
}
