package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.FactBatch;
import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.MemberResult;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The tables of members of runs, and of up to where their runs have been read. */
final class ScaleMembers {

    private static final Columns LAUNCHED =
            Columns.of("month, run_id, member_index, battle_id, launched_at");

    private static final Columns FINISHED =
            Columns.of(
                    "month, run_id, member_index, battle_id, launched_at, ended_at, started_at,"
                            + " end_reason, failure_class, failure_detail, turn_count,"
                            + " turn_latencies_ms, unsettled_usd, place, "
                            + Columns.USED);

    private static final Columns READ = Columns.of("month, run_id, topic, partition, next_offset");

    private static final String LAUNCH =
            """
            INSERT INTO report.scale_member (%s) VALUES %s
            ON CONFLICT (month, run_id, member_index) DO NOTHING
            """;

    private static final String FINISH =
            """
            INSERT INTO report.scale_member AS kept (%s) VALUES %s
            ON CONFLICT (month, run_id, member_index) DO UPDATE SET
            """
                    + FINISHED.assignmentBut(
                            "month", "run_id", "member_index", "battle_id", "launched_at")
                    + " WHERE kept.ended_at IS NULL";

    /** A topic that is read again does not fall back. */
    private static final String READ_TO =
            """
            INSERT INTO report.scale_reading AS kept (%s) VALUES %s
            ON CONFLICT (month, run_id, topic) DO UPDATE SET
                partition = EXCLUDED.partition, next_offset = EXCLUDED.next_offset
            WHERE kept.next_offset < EXCLUDED.next_offset
            """;

    private final JdbcClient sql;

    ScaleMembers(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Writes members, and up to where their runs have been read; to be called in a transaction.
     *
     * @param months where each run lies
     * @return how many facts are new
     */
    int write(FactBatch batch, Map<UUID, LocalDate> months) {
        int launched =
                LAUNCHED.insert(
                        sql,
                        LAUNCH,
                        batch.of(Fact.MemberLaunched.class).stream()
                                .map(fact ->
                                        Rows.row(
                                                months.get(fact.runId()),
                                                fact.runId(),
                                                fact.event().index(),
                                                UUID.fromString(fact.event().battleId()),
                                                Rows.time(fact.event().at())))
                                .toList());
        int finished =
                FINISHED.insert(
                        sql,
                        FINISH,
                        batch.of(Fact.MemberFinished.class).stream()
                                .map(fact -> row(fact, months.get(fact.runId())))
                                .toList());
        READ.insert(
                sql,
                READ_TO,
                batch.readings().stream()
                        .map(reading ->
                                Rows.row(
                                        months.get(reading.runId()),
                                        reading.runId(),
                                        reading.asOf().topic(),
                                        reading.asOf().partition(),
                                        reading.asOf().offset()))
                        .toList());
        return launched + finished;
    }

    private static List<@Nullable Object> row(Fact.MemberFinished fact, @Nullable LocalDate month) {
        MemberResult result = fact.event().result();
        List<@Nullable Object> values =
                Rows.row(
                        month,
                        fact.runId(),
                        fact.event().index(),
                        UUID.fromString(fact.event().battleId()),
                        Rows.time(result.startedAt()),
                        Rows.time(result.endedAt()),
                        Rows.time(result.startedAt()),
                        Spelling.name(result.reason()),
                        Rows.cause(result.failure()),
                        fact.failureDetail(),
                        result.turns(),
                        result.turnLatenciesMs().toArray(Long[]::new),
                        result.unsettledUsd(),
                        result.place());
        values.addAll(Rows.used(result.used()));
        return values;
    }

    /** The members of a run, by index. */
    List<Member> of(UUID runId) {
        return sql.sql(
                        """
                        SELECT kept.* FROM report.placement AS placed
                        JOIN report.scale_member AS kept
                          ON kept.month = placed.month AND kept.run_id = placed.id
                        WHERE placed.id = ?
                        ORDER BY kept.member_index
                        """)
                .param(runId)
                .query((row, _) ->
                        new Member(
                                row.getInt("member_index"),
                                row.getObject("battle_id", UUID.class).toString(),
                                Rows.required(row, "launched_at"),
                                result(row)))
                .list();
    }

    private static @Nullable MemberResult result(ResultSet row) throws SQLException {
        Instant endedAt = Rows.time(row, "ended_at");
        if (endedAt == null) {
            return null;
        }
        return new MemberResult(
                EndReason.valueOf(Rows.constant(row.getString("end_reason"))),
                Rows.failure(row),
                row.getInt("turn_count"),
                Rows.used(row),
                row.getBigDecimal("unsettled_usd"),
                Arrays.asList((Long[]) row.getArray("turn_latencies_ms").getArray()),
                Rows.required(row, "started_at"),
                endedAt,
                row.getLong("place"));
    }
}
