package dev.battlestream.report.archive.adapter;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What writing and reading the tables have in common. */
final class Rows {

    private Rows() {}

    /**
     * Writes rows in one statement.
     *
     * @param statement with a place for the columns and one for the rows
     * @param width how many values a row has
     * @param values of all rows, one behind the other
     * @return how many rows were taken
     */
    static int insert(
            JdbcClient sql,
            String statement,
            String columns,
            int width,
            List<@Nullable Object> values) {
        if (values.isEmpty()) {
            return 0;
        }
        String row = "(" + String.join(", ", Collections.nCopies(width, "?")) + ")";
        String rows = String.join(", ", Collections.nCopies(values.size() / width, row));
        return sql.sql(statement.formatted(columns, rows)).params(values).update();
    }

    /** Adds a condition if there is a value for it. */
    static void restrict(
            StringBuilder where,
            List<@Nullable Object> values,
            String condition,
            @Nullable Object value) {
        if (value != null) {
            where.append(" AND ").append(condition);
            values.add(value);
        }
    }

    static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    static Instant required(ResultSet row, String column) throws SQLException {
        Instant at = time(row, column);
        if (at == null) {
            throw new IllegalStateException("the table has a row without " + column);
        }
        return at;
    }

    static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
