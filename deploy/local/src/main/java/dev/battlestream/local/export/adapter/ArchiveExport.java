package dev.battlestream.local.export.adapter;

import dev.battlestream.local.battles.EndCodes;
import dev.battlestream.local.export.Column;
import dev.battlestream.local.export.ExportFormat;
import dev.battlestream.local.export.Period;
import dev.battlestream.local.export.Subject;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a view with a cursor of the server's and writes the rows as they come: one statement, so
 * one moment of the archive, and never more than a page of rows in memory.
 */
public final class ArchiveExport {

    /** Rows that are fetched at once; the largest have some hundred kilobytes. */
    private static final int PAGE = 100;

    private static final String CONNECT_SECONDS = "10";

    /** Who reads the output may be slow; the limit of an analyst's session is meant for people. */
    private static final String PATIENCE = "SET idle_in_transaction_session_timeout = '10min'";

    private static final String LOGIN_REFUSED = "28";
    private static final String NO_RIGHT = "42501";
    private static final String NO_SCHEMA = "3F000";
    private static final String NO_VIEW = "42P01";
    private static final String STOPPED = "57014";
    private static final String NO_CONNECTION = "08";
    private static final String NO_DATABASE = "3D000";

    private final String url;
    private final String user;
    private final String password;

    /**
     * @param url of the archive's database, for JDBC
     * @param user who reads: a member of {@code battlestream_analyst}
     */
    public ArchiveExport(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    /**
     * Exports the rows of a period.
     *
     * @param progress is told how many rows have been written, now and then
     * @return how many there were
     * @throws IOException if the target cannot be written; it then is as it was
     * @throws ExportException if the archive cannot be read
     */
    public long run(
            Subject subject,
            Period period,
            ExportFormat format,
            ExportTarget target,
            LongConsumer progress)
            throws IOException {
        try (Connection connection = DriverManager.getConnection(url, login());
                Statement statement = connection.createStatement()) {
            statement.execute(PATIENCE);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            statement.setFetchSize(PAGE);
            try (ResultSet rows = statement.executeQuery(subject.query(period))) {
                List<Column> columns = columns(rows.getMetaData());
                return target.fill(out -> {
                    try (RowWriter writer = RowWriter.of(format, columns, out)) {
                        return copy(rows, columns, writer, progress);
                    }
                });
            }
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    private Properties login() {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", CONNECT_SECONDS);
        login.setProperty("ApplicationName", "battlestream export");
        return login;
    }

    private static List<Column> columns(ResultSetMetaData meta) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
            columns.add(
                    new Column(meta.getColumnName(i), Column.Kind.of(meta.getColumnTypeName(i))));
        }
        return columns;
    }

    private static long copy(
            ResultSet rows, List<Column> columns, RowWriter writer, LongConsumer progress)
            throws SQLException, IOException {
        long count = 0;
        @Nullable Object[] row = new @Nullable Object[columns.size()];
        while (rows.next()) {
            for (int i = 0; i < row.length; i++) {
                row[i] = value(rows, i + 1, columns.get(i).kind());
            }
            writer.write(row);
            count++;
            if (count % PAGE == 0) {
                progress.accept(count);
            }
        }
        return count;
    }

    private static @Nullable Object value(ResultSet rows, int at, Column.Kind kind)
            throws SQLException {
        return switch (kind) {
            case TEXT, JSON -> rows.getString(at);
            case INTEGER -> rows.getObject(at, Integer.class);
            case LONG -> rows.getObject(at, Long.class);
            case REAL -> rows.getObject(at, Double.class);
            case BOOLEAN -> rows.getObject(at, Boolean.class);
            case MONEY -> money(rows.getBigDecimal(at));
            case TIME -> time(rows.getObject(at, OffsetDateTime.class));
            case TEXTS, LONGS -> list(rows.getArray(at));
        };
    }

    private static @Nullable Object money(@Nullable BigDecimal usd) {
        return usd == null ? null : usd.setScale(Column.MONEY_SCALE);
    }

    private static @Nullable Object time(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable Object list(@Nullable Array array) throws SQLException {
        return array == null ? null : List.of((Object[]) array.getArray());
    }

    private ExportException explained(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (state.startsWith(NO_CONNECTION)) {
            return new ExportException(
                    EndCodes.NOT_RUNNING,
                    "No database at %s (%s); is the platform up? ./battlestream up"
                            .formatted(url, said),
                    e);
        }
        if (state.startsWith(LOGIN_REFUSED)) {
            return new ExportException(
                    EndCodes.REFUSED, "%s may not log in at %s: %s".formatted(user, url, said), e);
        }
        return switch (state) {
            case NO_RIGHT ->
                    new ExportException(
                            EndCodes.REFUSED,
                            "%s may not read the archive: %s".formatted(user, said),
                            e);
            case NO_SCHEMA, NO_VIEW, NO_DATABASE ->
                    new ExportException(
                            EndCodes.NOT_FOUND,
                            "There is no archive at %s: %s".formatted(url, said),
                            e);
            case STOPPED ->
                    new ExportException(
                            EndCodes.FAILED, "The database stopped the export: " + said, e);
            default ->
                    new ExportException(EndCodes.FAILED, "The archive cannot be read: " + said, e);
        };
    }
}
