package dev.battlestream.report.archive.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.testkit.Infra;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How the role comes into being, which belongs to the whole server. */
class AnalystRoleTest {

    private static final String MAY_READ =
            "SELECT has_table_privilege('battlestream_analyst', 'analytics.battles', 'SELECT')";

    private final AnalystDatabase server = AnalystDatabase.at(Infra.shared().jdbcUrl());

    @Test
    void databasesThatAreMigratedAtOnceShareTheRole() throws Exception {
        Infra infra = Infra.shared();
        List<String> urls = new ArrayList<>();
        List<Callable<Void>> migrations = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String url = infra.freshDatabase();
            urls.add(url);
            migrations.add(() -> {
                AnalystDatabase.migrate(url, infra.jdbcUser(), infra.jdbcPassword());
                return null;
            });
        }

        try (ExecutorService threads = Executors.newFixedThreadPool(urls.size())) {
            for (Future<Void> migrated : threads.invokeAll(migrations)) {
                migrated.get();
            }
        }

        for (String url : urls) {
            assertThat(AnalystDatabase.at(url).text(MAY_READ)).isEqualTo("true");
        }
        assertThat(
                        server.texts(
                                "SELECT unnest(rolconfig) FROM pg_roles"
                                        + " WHERE rolname = 'battlestream_analyst'"))
                .hasSize(4);
    }

    @Test
    void aUserWhoMayMakeNoRolesMigratesAndTheRoleIsAdmittedLater() throws Exception {
        String url = Infra.shared().freshDatabase();
        AnalystDatabase archive = AnalystDatabase.at(url);
        String name = archive.text("SELECT current_database()");
        archive.execute("CREATE ROLE plain LOGIN PASSWORD 'plain'");
        archive.execute("ALTER DATABASE " + name + " OWNER TO plain");

        AnalystDatabase.migrate(url, "plain", "plain");

        assertThat(archive.text("SELECT report.admit_analysts()")).isEqualTo("false");
        archive.execute("CREATE ROLE battlestream_analyst");
        try (Connection plain = DriverManager.getConnection(url, "plain", "plain");
                Statement statement = plain.createStatement()) {
            statement.execute("SELECT report.admit_analysts()");
        }
        assertThat(archive.text(MAY_READ)).isEqualTo("true");
        archive.execute("REASSIGN OWNED BY plain TO CURRENT_USER");
        server.execute("DROP ROLE plain");
    }

    /** As on a server that no archive was ever on. */
    @BeforeEach
    @AfterEach
    void forgetTheRole() {
        for (String name : server.texts("SELECT datname FROM pg_database WHERE datallowconn")) {
            AnalystDatabase.at(Infra.shared().jdbcUrl(name))
                    .execute(
                            """
                            DO $$ BEGIN
                                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'battlestream_analyst') THEN
                                    DROP OWNED BY battlestream_analyst;
                                END IF;
                            END $$
                            """);
        }
        server.execute("DROP ROLE IF EXISTS battlestream_analyst, " + AnalystDatabase.LOGIN);
    }
}
