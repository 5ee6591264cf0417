package dev.battlestream.gateway.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.battle.Admission;
import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.testkit.Infra;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What the tests of the statements of admission share: a real PostgreSQL. */
abstract class JobContract {

    static final int MOST = 3;

    JdbcClient sql;
    Jobs jobs;
    JobCare care;

    @BeforeEach
    void migrate() {
        DriverManagerDataSource database =
                new DriverManagerDataSource(
                        Infra.shared().freshDatabase(),
                        Infra.shared().jdbcUser(),
                        Infra.shared().jdbcPassword());
        Flyway.configure().dataSource(database).schemas("gateway").load().migrate();
        sql = JdbcClient.create(database);
        JobSettings settings = settings(MOST, null);
        jobs = new Jobs(sql, settings);
        care =
                new JobCare(
                        sql,
                        new TransactionTemplate(new JdbcTransactionManager(database)),
                        settings);
    }

    static JobSettings settings(int most, @Nullable BigDecimal daily) {
        return new JobSettings(
                most,
                daily,
                daily,
                Duration.ofHours(24),
                Duration.ofDays(30),
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ZERO,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                2,
                "group");
    }

    int count(String question) {
        return sql.sql(question).query(Integer.class).single();
    }

    UUID admitted(String client, Optional<String> key, String ago) {
        NewJob job = job(client, key);
        assertThat(jobs.admit(job)).isInstanceOf(Admission.Admitted.class);
        sql.sql(
                        "UPDATE gateway.jobs SET created_at = now() - CAST(:ago AS interval)"
                                + " WHERE battle_id = :id")
                .param("ago", ago)
                .param("id", job.id())
                .update();
        return job.id();
    }

    int runningOf(String client) {
        return sql.sql("SELECT running FROM gateway.client_slots WHERE client = :client")
                .param("client", client)
                .query(Integer.class)
                .single();
    }

    static NewJob job(String client, Optional<String> key) {
        return job(client, key, "fingerprint");
    }

    static NewJob job(String client, Optional<String> key, String fingerprint) {
        return new NewJob(
                JobKind.BATTLE,
                UUID.randomUUID(),
                1,
                client,
                key,
                fingerprint,
                new byte[] {1, 2, 3},
                600,
                BigDecimal.ZERO,
                new Correlation("request-1", null));
    }

    static NewJob costing(String client, String usd) {
        NewJob job = job(client, Optional.empty());
        return new NewJob(
                job.kind(),
                job.id(),
                job.battles(),
                client,
                job.key(),
                job.fingerprint(),
                job.request(),
                job.timeoutSeconds(),
                new BigDecimal(usd),
                job.correlation());
    }

    static NewJob run(String client, String usd) {
        NewJob job = costing(client, usd);
        return new NewJob(
                JobKind.RUN,
                job.id(),
                7,
                client,
                job.key(),
                job.fingerprint(),
                job.request(),
                job.timeoutSeconds(),
                job.budgetUsd(),
                job.correlation());
    }

    BigDecimal money(String column, String client) {
        return sql.sql(
                        "SELECT %s FROM gateway.client_slots WHERE client = :client"
                                .formatted(column))
                .param("client", client)
                .query(BigDecimal.class)
                .single();
    }
}
