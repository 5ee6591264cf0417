package dev.battlestream.report.archive.adapter;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the archive's schema up to date behind the start of the service, again and again until
 * PostgreSQL lets it. Views and streams never wait for it.
 */
final class ArchiveSchema {

    private static final Logger log = LoggerFactory.getLogger(ArchiveSchema.class);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Flyway flyway;
    private final CountDownLatch end;

    ArchiveSchema(Flyway flyway, CountDownLatch end) {
        this.flyway = flyway;
        this.end = end;
    }

    /**
     * Tries until the schema is there or the end has come.
     *
     * @return whether it is there
     */
    boolean awaitReady() throws InterruptedException {
        boolean told = false;
        while (end.getCount() > 0) {
            try {
                flyway.migrate();
                log.info("the archive's schema is there");
                return true;
            } catch (FlywayException e) {
                // Once: the database may be away for long.
                if (!told) {
                    log.warn("the archive's schema waits for PostgreSQL: {}", cause(e));
                    told = true;
                }
                boolean _ = end.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        return false;
    }

    private static String cause(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.toString();
    }
}
