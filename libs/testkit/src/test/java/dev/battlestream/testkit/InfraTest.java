package dev.battlestream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfraTest {

    private static final Path RUNS = InfraHome.find().runs();
    private static final long SELF = ProcessHandle.current().pid();

    @TempDir Path folder;

    /** A test JVM that is going to be killed. */
    static final class Victim {
        private Victim() {}

        static void main(String[] args) throws IOException, InterruptedException {
            Infra.shared().bootstrapServers();
            Infra.shared().jdbcUrl();
            Files.createFile(Path.of(args[0]));
            new CountDownLatch(1).await();
        }
    }

    @Test
    void eachServerStartsWhenItIsFirstAskedForAndOnlyOnce() throws Exception {
        String kafka = Infra.shared().bootstrapServers();
        assertThat(RunRecord.of(RUNS, SELF)).as("Kafka alone").hasSize(1);
        assertThat(Infra.shared().bootstrapServers()).isEqualTo(kafka);
        assertThat(RunRecord.of(RUNS, SELF)).as("still Kafka alone").hasSize(1);

        String database = Infra.shared().freshDatabase();
        assertThat(RunRecord.of(RUNS, SELF)).as("and PostgreSQL").hasSize(2);
        try (Connection connection =
                DriverManager.getConnection(
                        database, Infra.shared().jdbcUser(), Infra.shared().jdbcPassword())) {
            assertThat(connection.isValid(5)).isTrue();
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
            assertThat(admin.listTopics().names().get()).isEmpty();
        }
    }

    @Test
    void theServersOfAKilledTestJvmAreEnded() throws IOException {
        Path started = folder.resolve("started");
        ForkedProcess victim =
                JavaProcess.main(Victim.class)
                        .jvm("-Xmx128m", "-XX:+UseSerialGC")
                        .jvm("-Djava.io.tmpdir=" + folder.resolve("target"))
                        .jvm("-D" + InfraHome.PROPERTY + "=" + InfraHome.find().folder())
                        .args(started.toString())
                        .log(folder.resolve("victim.log"))
                        .start();
        try {
            await(() -> Files.exists(started) || !victim.isAlive());
            List<RunRecord> servers = RunRecord.of(RUNS, victim.pid());
            assertThat(servers).as(() -> victim.logTail(20).toString()).hasSize(2);

            victim.handle().destroyForcibly();
            await(() -> servers.stream().filter(InfraTest::alive).count() <= 1);
            RunRecord.reap(RUNS);

            assertThat(servers).noneMatch(InfraTest::alive);
            assertThat(servers.getFirst().folder()).doesNotExist();
        } finally {
            victim.kill();
        }
    }

    @Test
    void aProcessIdThatCameRoundAgainIsNotTakenForTheServer() {
        ProcessIdentity other =
                new ProcessIdentity(
                        SELF,
                        ProcessIdentity.of(ProcessHandle.current()).started().minusSeconds(60));

        assertThat(other.alive()).isEmpty();
        assertThat(ProcessIdentity.of(ProcessHandle.current()).alive()).isPresent();
    }

    private static boolean alive(RunRecord run) {
        return run.server().alive().isPresent();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
    }
}
