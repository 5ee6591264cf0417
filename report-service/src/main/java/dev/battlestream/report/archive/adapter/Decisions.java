package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.Admission;
import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.FactBatch;
import dev.battlestream.report.battle.Verdict;
import dev.battlestream.report.battle.adapter.Spelling;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** The table of the judge's decisions; which of them are written, {@link Admission} says. */
final class Decisions {

    private static final Columns COLUMNS =
            Columns.of(
                    "month, battle_id, turn, seq, verdict, decided_by, confidence,"
                            + " criteria_applied, reason, model, tokens_in, tokens_out, cost_usd,"
                            + " latency_ms, issued_at, progress, stages::jsonb");

    private static final String INSERT =
            """
            INSERT INTO report.judge_decision (%s) VALUES %s
            ON CONFLICT (month, battle_id, turn) DO NOTHING
            """;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient sql;

    Decisions(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Writes decisions; to be called in a transaction.
     *
     * @param months where each battle lies
     * @return how many are new
     */
    int write(FactBatch batch, Map<UUID, LocalDate> months) {
        return COLUMNS.insert(
                sql,
                INSERT,
                batch.of(Fact.Judged.class).stream()
                        .map(judged ->
                                row(
                                        judged.battleId(),
                                        months.get(judged.battleId()),
                                        judged.verdict()))
                        .toList());
    }

    private static List<@Nullable Object> row(
            UUID battleId, @Nullable LocalDate month, Verdict verdict) {
        return Rows.row(
                month,
                battleId,
                verdict.turn(),
                verdict.seq(),
                Spelling.name(verdict.answer()),
                Spelling.name(verdict.decidedBy()),
                verdict.confidence(),
                verdict.criteriaApplied().toArray(String[]::new),
                verdict.reason(),
                verdict.model(),
                verdict.tokensIn(),
                verdict.tokensOut(),
                verdict.costUsd(),
                verdict.latencyMs(),
                Rows.time(verdict.issuedAt()),
                verdict.progress(),
                JSON.writeValueAsString(verdict.stages().stream().map(Stage::of).toList()));
    }

    /** Deletes what turns out not to belong to battles. */
    void prune(List<Admission.Surplus> surplus) {
        for (Admission.Surplus each : surplus) {
            sql.sql(
                            """
                            DELETE FROM report.judge_decision
                            WHERE battle_id = ? AND turn > ?
                              AND month = (SELECT month FROM report.placement WHERE id = ?)
                            """)
                    .params(each.battleId(), each.end().verdicts(), each.battleId())
                    .update();
        }
    }

    /** The decisions on a battle behind a turn in order, at most so many. */
    List<Verdict> after(UUID battleId, int turn, int limit) {
        return sql.sql(
                        """
                        SELECT kept.* FROM report.placement AS placed
                        JOIN report.judge_decision AS kept
                          ON kept.month = placed.month AND kept.battle_id = placed.id
                        WHERE placed.id = ? AND kept.turn > ?
                        ORDER BY kept.turn LIMIT ?
                        """)
                .params(battleId, turn, limit)
                .query(Decisions::read)
                .list();
    }

    private static Verdict read(ResultSet row, int number) throws SQLException {
        return new Verdict(
                row.getInt("turn"),
                row.getInt("seq"),
                Verdict.Answer.valueOf(Rows.constant(row.getString("verdict"))),
                Verdict.Stage.valueOf(Rows.constant(row.getString("decided_by"))),
                row.getDouble("confidence"),
                Arrays.asList((String[]) row.getArray("criteria_applied").getArray()),
                row.getString("reason"),
                row.getString("model"),
                row.getInt("tokens_in"),
                row.getInt("tokens_out"),
                row.getBigDecimal("cost_usd"),
                row.getLong("latency_ms"),
                Rows.required(row, "issued_at"),
                Arrays.stream(JSON.readValue(row.getString("stages"), Stage[].class))
                        .map(Stage::said)
                        .toList(),
                Rows.number(row, "progress"));
    }
}
