package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.archive.Admission;
import dev.battlestream.report.archive.Fact;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the archive has of battles as a whole, and their deletion. */
final class Battles {

    /** Each by its keys in the one partition that it lies in, however large the archive is. */
    private static final String KEPT =
            """
            SELECT placed.id, ended.message_count, ended.verdict_count,
                   (SELECT max(seq) FROM report.message AS kept
                    WHERE kept.month = placed.month AND kept.battle_id = placed.id) AS messages,
                   (SELECT max(turn) FROM report.judge_decision AS kept
                    WHERE kept.month = placed.month AND kept.battle_id = placed.id) AS verdicts
            FROM report.placement AS placed
            LEFT JOIN LATERAL
                (SELECT message_count, verdict_count FROM report.conversation AS kept
                 WHERE kept.month = placed.month AND kept.battle_id = placed.id
                   AND kept.ended_at IS NOT NULL
                 LIMIT 1) AS ended ON TRUE
            WHERE placed.id = ANY(?)
            """;

    private final JdbcClient sql;

    Battles(JdbcClient sql) {
        this.sql = sql;
    }

    /** What there is of battles; nothing of those that are left out. */
    Map<UUID, Admission.Kept> kept(Collection<UUID> battleIds) {
        Map<UUID, Admission.Kept> kept = new HashMap<>();
        if (!battleIds.isEmpty()) {
            sql.sql(KEPT)
                    .param(battleIds.toArray(UUID[]::new))
                    .query(row -> {
                        Integer messageCount = row.getObject("message_count", Integer.class);
                        kept.put(
                                row.getObject("id", UUID.class),
                                new Admission.Kept(
                                        row.getInt("messages"),
                                        row.getInt("verdicts"),
                                        messageCount == null
                                                ? null
                                                : new Admission.End(
                                                        messageCount,
                                                        row.getInt("verdict_count"))));
                    });
        }
        return kept;
    }

    /** Those of battles that were deleted. */
    Set<UUID> deleted(Collection<UUID> battleIds) {
        return battleIds.isEmpty()
                ? Set.of()
                : new HashSet<>(
                        sql.sql("SELECT battle_id FROM report.deletion WHERE battle_id = ANY(?)")
                                .param(battleIds.toArray(UUID[]::new))
                                .query(UUID.class)
                                .list());
    }

    /**
     * Deletes battles and records it; to be called in a transaction.
     *
     * @return how many had not been deleted before
     */
    int delete(List<Fact.Deleted> deletions) {
        int recorded = 0;
        for (Fact.Deleted deletion : deletions) {
            recorded +=
                    sql.sql(
                                    """
                                    INSERT INTO report.deletion (battle_id, deleted_at, client_id)
                                    VALUES (?, ?, ?) ON CONFLICT DO NOTHING
                                    """)
                            .params(
                                    Rows.row(
                                            deletion.battleId(),
                                            Rows.time(deletion.deletedAt()),
                                            deletion.clientId()))
                            .update();
            sql.sql("SELECT month FROM report.placement WHERE id = ?")
                    .param(deletion.battleId())
                    .query(LocalDate.class)
                    .optional()
                    .ifPresent(month -> deleteRows(deletion.battleId(), month));
        }
        return recorded;
    }

    private void deleteRows(UUID battleId, LocalDate month) {
        for (String table : List.of("message", "judge_decision", "conversation")) {
            sql.sql("DELETE FROM report.%s WHERE month = ? AND battle_id = ?".formatted(table))
                    .params(month, battleId)
                    .update();
        }
    }
}
