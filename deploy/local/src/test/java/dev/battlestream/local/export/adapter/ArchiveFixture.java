package dev.battlestream.local.export.adapter;

import dev.battlestream.testkit.Infra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An archive as the report service's migrations make it, and a login that is an analyst.
 *
 * @param url of its database
 */
public record ArchiveFixture(String url) {

    /** The analyst. */
    public static final String USER = "exporter";

    /** The analyst's password. */
    public static final String PASSWORD = "it's \"secret\"";

    private static final Path REPORT = Path.of("../../report-service/src");

    /** An archive without rows. */
    public static ArchiveFixture empty() {
        ArchiveFixture archive = new ArchiveFixture(Infra.shared().freshDatabase());
        archive.execute("CREATE SCHEMA report");
        try (var migrations = Files.list(REPORT.resolve("main/resources/db/migration"))) {
            migrations
                    .sorted(Comparator.comparingInt(ArchiveFixture::version))
                    .forEach(migration -> archive.execute(read(migration)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        archive.execute(
                """
                DO $$ BEGIN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'exporter') THEN
                        CREATE ROLE exporter LOGIN PASSWORD 'it''s "secret"' IN ROLE battlestream_analyst;
                    END IF;
                END $$
                """);
        return archive;
    }

    /** An archive after a month and a half of use. */
    public static ArchiveFixture used() {
        ArchiveFixture archive = empty();
        archive.execute(read(REPORT.resolve("test/resources/archive-rows.sql")));
        return archive;
    }

    private static int version(Path migration) {
        String name = migration.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    private static String read(Path script) {
        try {
            return Files.readString(script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script as the owner. */
    public void execute(String script) {
        try (Connection connection = owner();
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first two columns of what the owner asks. */
    List<@Nullable String[]> pairs(String query) {
        try (Connection connection = owner();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<@Nullable String[]> pairs = new ArrayList<>();
            while (rows.next()) {
                pairs.add(new @Nullable String[] {rows.getString(1), rows.getString(2)});
            }
            return pairs;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection owner() throws SQLException {
        Infra infra = Infra.shared();
        return DriverManager.getConnection(url, infra.jdbcUser(), infra.jdbcPassword());
    }
}
