package dev.battlestream.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.testkit.FreePorts;
import dev.battlestream.testkit.InfraHome;
import dev.battlestream.testkit.Lifetime;
import dev.battlestream.testkit.PostgresProcess;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What callers notice of a database that is away, on a server of its own. */
class DatabaseOutageTest {

    private static final String START = "/api/battles/start";

    /** A connection and an answer, each within its time-out, and what the machine adds. */
    private static final Duration BOUND = Duration.ofMillis(3500);

    @TempDir private Path folder;

    private ReportDouble report;
    private PostgresProcess postgres;

    @BeforeEach
    void begin() throws IOException {
        report = new ReportDouble();
        postgres =
                new PostgresProcess(
                        InfraHome.find(),
                        folder.resolve("postgres"),
                        FreePorts.next(),
                        List.of("battlestream"),
                        folder.resolve("postgres.log"),
                        Lifetime.ENDS_WITH_PARENT);
    }

    @AfterEach
    void end() {
        postgres.kill();
        report.close();
    }

    @Test
    void aGatewayStartsAndReadsWithoutADatabaseAndStartsBattlesOnceItIsThere() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("hello");
        try (RunningGateway gateway = gateway()) {
            assertThat(gateway.get("/api/battles/" + id).statusCode()).isEqualTo(200);
            assertThat(gateway.get("/actuator/health/readiness").statusCode()).isEqualTo(503);
            assertThat(gateway.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertPassing(gateway.post(START, "{}"));
            assertPassing(gateway.get("/api/battles/" + UUID.randomUUID()));

            up();
            gateway.awaitReady();
            assertThat(gateway.post(START, "{}").statusCode()).isEqualTo(202);
        }
    }

    @Test
    void whileTheDatabaseIsAwayAStartIsRefusedInBoundedTimeAndTheRestGoesOn() throws Exception {
        UUID id = UUID.randomUUID();
        report.battle(id).turn("hello");
        up();
        try (RunningGateway gateway = gateway()) {
            gateway.awaitReady();
            assertThat(gateway.post(START, "{}").statusCode()).isEqualTo(202);

            postgres.stop(Duration.ofSeconds(20));
            for (int i = 0; i < 3; i++) {
                assertRefusedInTime(gateway);
            }
            assertThat(gateway.get("/api/battles/" + id).statusCode()).isEqualTo(200);
            assertThat(gateway.post("/api/battles/" + id + "/cancel", "").statusCode())
                    .isEqualTo(202);
            await().atMost(Duration.ofSeconds(5)).until(() -> database(gateway).equals("down"));

            up();
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.post(START, "{}").statusCode() == 202);
        }
    }

    @Test
    void aDatabaseThatHangsIsGivenUpOnInBoundedTime() throws Exception {
        up();
        try (RunningGateway gateway = gateway()) {
            gateway.awaitReady();
            try (Connection connection =
                            DriverManager.getConnection(
                                    url(), PostgresProcess.USER, PostgresProcess.PASSWORD);
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE gateway.jobs IN ACCESS EXCLUSIVE MODE");
                assertRefusedInTime(gateway);
                assertRefusedInTime(gateway);
            }
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> gateway.post(START, "{}").statusCode() == 202);
        }
    }

    @Test
    void healthAnswersInHalfASecondWhileTheDatabaseIsFrozen() throws Exception {
        up();
        try (RunningGateway gateway = gateway()) {
            gateway.awaitReady();
            await().atMost(Duration.ofSeconds(5)).until(() -> database(gateway).equals("up"));

            signal("STOP");
            try {
                HealthRounds.assertInTimeWhileSomethingHangs(gateway);
                assertThat(database(gateway)).isEqualTo("down");
                assertRefusedInTime(gateway);
            } finally {
                signal("CONT");
            }

            await().atMost(Duration.ofSeconds(20)).until(() -> database(gateway).equals("up"));
        }
    }

    private static String database(RunningGateway gateway) throws Exception {
        return RunningGateway.json(gateway.get("/api/health")).at("/database/status").asString();
    }

    /**
     * To the server and to each of its connections, which are processes of their own; the server
     * first, so that it makes no further ones meanwhile.
     */
    private void signal(String name) throws Exception {
        ProcessHandle server = postgres.process().handle();
        kill(name, server);
        for (ProcessHandle connection : server.descendants().toList()) {
            kill(name, connection);
        }
    }

    /** A connection may have ended since it was listed; whatever lives is reached. */
    private static void kill(String name, ProcessHandle process) throws Exception {
        Process kill =
                new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .inheritIO()
                        .start();
        assertThat(kill.waitFor() == 0 || !process.isAlive()).as("kill -" + name).isTrue();
    }

    private void up() {
        postgres.start();
        postgres.awaitReady(Duration.ofSeconds(60));
    }

    private String url() {
        return postgres.jdbcUrl("battlestream");
    }

    private RunningGateway gateway() {
        return RunningGateway.start(report.url(), Map.of("spring.datasource.url", url()));
    }

    private static void assertRefusedInTime(RunningGateway gateway) throws Exception {
        long begin = System.nanoTime();
        assertPassing(gateway.post(START, "{}"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);
    }

    private static void assertPassing(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(RunningGateway.json(answer).get("code").asString())
                .isEqualTo("database_unavailable");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }
}
