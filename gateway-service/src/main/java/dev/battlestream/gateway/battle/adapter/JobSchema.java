package dev.battlestream.gateway.battle.adapter;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Brings the gateway's schema up to date behind its start, again and again until PostgreSQL lets
 * it. Until then the gateway reads and streams battles, but is not ready; afterwards it stays
 * ready, because it has an answer for every outage.
 */
final class JobSchema implements SmartLifecycle, HealthIndicator {

    private static final Logger LOG = LoggerFactory.getLogger(JobSchema.class);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Flyway flyway;
    private final JdbcClient sql;
    private final CountDownLatch ready = new CountDownLatch(1);
    private volatile Thread work = Thread.ofVirtual().unstarted(() -> {});

    JobSchema(Flyway flyway, JdbcClient sql) {
        this.flyway = flyway;
        this.sql = sql;
    }

    @Override
    public void start() {
        work = Thread.ofVirtual().name("job-schema").start(this::migrate);
    }

    private void migrate() {
        try {
            while (!migrated()) {
                Thread.sleep(PAUSE);
            }
            while (!answersStarts()) {
                Thread.sleep(PAUSE);
            }
            ready.countDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean migrated() {
        try {
            flyway.migrate();
            LOG.info("The schema of jobs is there");
            return true;
        } catch (FlywayException e) {
            LOG.warn("The schema of jobs cannot be brought up to date yet: {}", e.getMessage());
            return false;
        }
    }

    /**
     * The migration has connections of its own. Those of the pool come a moment later: after an
     * outage it tries again in growing steps.
     */
    private boolean answersStarts() {
        try {
            return sql.sql("SELECT true").query(Boolean.class).single();
        } catch (DataAccessException e) {
            LOG.info("The jobs wait for connections: {}", e.getClass().getSimpleName());
            return false;
        }
    }

    /** Whether the schema is there. */
    boolean isReady() {
        return ready.getCount() == 0;
    }

    /** Waits until the schema is there. */
    void awaitReady() throws InterruptedException {
        ready.await();
    }

    @Override
    public void stop() {
        work.interrupt();
    }

    @Override
    public boolean isRunning() {
        return work.isAlive();
    }

    @Override
    public Health health() {
        return isReady()
                ? Health.up().build()
                : Health.outOfService().withDetail("waitsFor", "database").build();
    }
}
