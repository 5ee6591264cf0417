package dev.battlestream.report.archive.adapter;

import dev.battlestream.testkit.Infra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A migrated archive of its own, and a login of its server that is an analyst as {@code
 * docs/guides/sql.md} makes one.
 *
 * @param url of the database
 * @param owner who migrated it and may do everything
 */
record AnalystDatabase(String url, JdbcClient owner) {

    /** Of this test run: the server outlives a test class. */
    static final String LOGIN = "ada";

    static final String PASSWORD = "lovelace";

    private static final Path ROWS = Path.of("src/test/resources/archive-rows.sql");

    static AnalystDatabase migrated() {
        Infra infra = Infra.shared();
        String url = infra.freshDatabase();
        migrate(url, infra.jdbcUser(), infra.jdbcPassword());
        AnalystDatabase database = at(url);
        database.admit();
        return database;
    }

    /** Makes the login where it is missing; the group comes with the migration. */
    void admit() {
        execute(SqlGuide.read().ofTheOwner());
    }

    /** A database that is there, by its JDBC address. */
    static AnalystDatabase at(String url) {
        Infra infra = Infra.shared();
        return new AnalystDatabase(
                url,
                JdbcClient.create(
                        new DriverManagerDataSource(url, infra.jdbcUser(), infra.jdbcPassword())));
    }

    static void migrate(String url, String user, String password) {
        Flyway.configure()
                .dataSource(url, user, password)
                .schemas("report")
                .defaultSchema("report")
                .load()
                .migrate();
    }

    /** Puts in what a month and a half of use would have left. */
    AnalystDatabase withRows() {
        try {
            execute(Files.readString(ROWS));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script as the owner, in one session. */
    void execute(String script) {
        Infra infra = Infra.shared();
        try (Connection connection =
                        DriverManager.getConnection(url, infra.jdbcUser(), infra.jdbcPassword());
                Statement statement = connection.createStatement()) {
            statement.execute(script);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    Connection analyst() throws SQLException {
        return DriverManager.getConnection(url, LOGIN, PASSWORD);
    }

    String text(String query) {
        return Objects.toString(owner.sql(query).query().singleValue());
    }

    /** The values of a column. */
    List<String> texts(String query) {
        return owner.sql(query).query(String.class).list().stream().map(Objects::toString).toList();
    }
}
