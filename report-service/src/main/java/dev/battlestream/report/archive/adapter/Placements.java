package dev.battlestream.report.archive.adapter;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In which month's partitions the rows of each battle and run lie. */
final class Placements {

    private final JdbcClient sql;

    Placements(JdbcClient sql) {
        this.sql = sql;
    }

    /**
     * Places what has no place yet, and adds the partitions that it needs; to be called in a
     * transaction.
     *
     * @param wanted the month of each that has none
     * @return the month of each; that of whoever was first
     */
    Map<UUID, LocalDate> place(Map<UUID, LocalDate> wanted) {
        Map<UUID, LocalDate> placed = find(wanted.keySet());
        // In order, so that two instances never wait for each other.
        Map<UUID, LocalDate> missing = new TreeMap<>(wanted);
        missing.keySet().removeAll(placed.keySet());
        if (missing.isEmpty()) {
            return placed;
        }
        for (LocalDate month : new TreeSet<>(missing.values())) {
            sql.sql("SELECT 1 FROM report.add_month(?)").param(month).query().listOfRows();
        }
        sql.sql(
                        """
                        INSERT INTO report.placement (id, month)
                        SELECT * FROM unnest(?::uuid[], ?::date[]) ON CONFLICT DO NOTHING
                        """)
                .params(
                        missing.keySet().toArray(UUID[]::new),
                        missing.values().stream().map(LocalDate::toString).toArray(String[]::new))
                .update();
        placed.putAll(find(missing.keySet()));
        return placed;
    }

    private Map<UUID, LocalDate> find(Collection<UUID> ids) {
        Map<UUID, LocalDate> months = new HashMap<>();
        if (!ids.isEmpty()) {
            sql.sql("SELECT id, month FROM report.placement WHERE id = ANY(?)")
                    .param(ids.toArray(UUID[]::new))
                    .query(row -> {
                        months.put(
                                row.getObject("id", UUID.class),
                                row.getObject("month", LocalDate.class));
                    });
        }
        return months;
    }

    /**
     * Forgets where what lies in old months is, a bounded number at once.
     *
     * @return how many were forgotten
     */
    int forgetBefore(LocalDate oldest, int most) {
        return sql.sql(
                        """
                        DELETE FROM report.placement WHERE id IN
                            (SELECT id FROM report.placement WHERE month < ? LIMIT ?)
                        """)
                .params(oldest, most)
                .update();
    }

    /**
     * Drops the partitions of old months, whatever they hold.
     *
     * @return their names
     */
    List<String> dropBefore(LocalDate oldest) {
        return new ArrayList<>(
                sql.sql("SELECT * FROM report.drop_months_before(?)")
                        .param(oldest)
                        .query(String.class)
                        .list());
    }
}
