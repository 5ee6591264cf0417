package dev.battlestream.local.rebuild.adapter;

import dev.battlestream.local.platform.adapter.PlatformException;
import dev.battlestream.testkit.PostgresProcess;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The archive's tables. Ids that are to be dropped lie in a temporary table, so that there may be
 * any number of them.
 */
final class ArchiveRows implements AutoCloseable {

    /** So many battles and runs go in one transaction, with all of their rows or not at all. */
    private static final int BATCH = 2_000;

    /** So many ids are held at a time while they are read from the log. */
    private static final int COPIED = 10_000;

    private static final List<String> OF_BATTLES =
            List.of("conversation", "message", "judge_decision");
    private static final List<String> OF_RUNS =
            List.of("scale_run", "scale_member", "scale_reading");

    private final Connection connection;

    /**
     * @param url of the services' database
     */
    ArchiveRows(String url) {
        try {
            connection =
                    DriverManager.getConnection(
                            url, PostgresProcess.USER, PostgresProcess.PASSWORD);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    /** Gives ids to a taker. */
    interface Ids {

        void forEach(Consumer<UUID> taker);
    }

    /**
     * Drops the rows of battles and runs, and where they lie, so that they are placed anew. What
     * was deleted for good stays noted.
     *
     * @param dropped told how many ids are done of how many
     */
    void drop(Ids ids, Folded dropped) {
        try {
            copy(ids);
            connection.setAutoCommit(false);
            long all = count("pg_temp.to_drop");
            for (long from = 0; from < all; from += BATCH) {
                for (String table : OF_BATTLES) {
                    delete(table, "battle_id", from);
                }
                for (String table : OF_RUNS) {
                    delete(table, "run_id", from);
                }
                // Last, since it says where the others lie.
                execute(
                        """
                        DELETE FROM report.placement AS placed USING pg_temp.to_drop AS gone
                        WHERE gone.n > ? AND gone.n <= ? AND placed.id = gone.id
                        """,
                        from);
                connection.commit();
                dropped.of(Math.min(all, from + BATCH), all);
            }
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private void copy(Ids ids) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET statement_timeout = '10min'");
            statement.execute("CREATE TEMP TABLE found (id uuid)");
        }
        List<UUID> some = new ArrayList<>();
        ids.forEach(id -> {
            some.add(id);
            if (some.size() == COPIED) {
                insert(some);
                some.clear();
            }
        });
        insert(some);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TEMP TABLE to_drop AS
                    SELECT row_number() OVER () AS n, id FROM (SELECT DISTINCT id FROM pg_temp.found) AS ids
                    """);
            statement.execute("ALTER TABLE pg_temp.to_drop ADD PRIMARY KEY (n)");
            statement.execute("DROP TABLE pg_temp.found");
            statement.execute("ANALYZE pg_temp.to_drop");
        }
    }

    private void insert(List<UUID> ids) {
        try (PreparedStatement statement =
                connection.prepareStatement(
                        "INSERT INTO pg_temp.found (id) SELECT unnest(?::uuid[])")) {
            statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private void delete(String table, String id, long from) throws SQLException {
        execute(
                """
                DELETE FROM report.%s AS kept
                USING pg_temp.to_drop AS gone JOIN report.placement AS placed ON placed.id = gone.id
                WHERE gone.n > ? AND gone.n <= ? AND kept.month = placed.month AND kept.%s = gone.id
                """
                        .formatted(table, id),
                from);
    }

    private void execute(String sql, long from) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, from);
            statement.setLong(2, from + BATCH);
            statement.executeUpdate();
        }
    }

    /** Battles that are there. */
    long battles() {
        return counted("report.conversation");
    }

    /** Scale runs that are there. */
    long runs() {
        return counted("report.scale_run");
    }

    private long counted(String table) {
        try {
            return count(table);
        } catch (SQLException e) {
            throw refused(e);
        }
    }

    private long count(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static PlatformException refused(SQLException e) {
        return new PlatformException("The database refused or does not answer: " + e.getMessage());
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw refused(e);
        }
    }
}
