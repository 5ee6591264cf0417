package dev.battlestream.report.archive.adapter;

import dev.battlestream.schemas.LogRetention;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the archive.
 *
 * @param group the consumer group whose offsets say what the archive has; another one reads
 *     everything again
 * @param clientId how the consumer is named to the broker
 * @param batch at most this many records are written together, 1 to 2,000
 * @param retryFrom the pause after a first failure; doubled with each further one
 * @param retryTo the longest pause
 * @param retention how long what happened is kept, by months: a month goes when all of it is older
 * @param sweepEvery time between two looks for months that are old
 */
@ConfigurationProperties("battlestream.report.archive")
record ArchiveSettings(
        String group,
        String clientId,
        int batch,
        Duration retryFrom,
        Duration retryTo,
        Duration retention,
        Duration sweepEvery) {

    /** The outcome of a battle has 32 parameters, the others fewer; a statement takes 65,535. */
    private static final int MOST = 2_000;

    ArchiveSettings {
        if (group.isBlank() || clientId.isBlank()) {
            throw new IllegalArgumentException("archive.group and archive.client-id are names");
        }
        if (batch < 1 || batch > MOST) {
            throw new IllegalArgumentException("archive.batch is 1 to " + MOST + ": " + batch);
        }
        if (!retryFrom.isPositive() || retryTo.compareTo(retryFrom) < 0) {
            throw new IllegalArgumentException(
                    "archive.retry-from is positive and retry-to no less: %s, %s"
                            .formatted(retryFrom, retryTo));
        }
        if (!retention.isPositive()) {
            throw new IllegalArgumentException("archive.retention is positive: " + retention);
        }
        if (!sweepEvery.isPositive()) {
            throw new IllegalArgumentException("archive.sweep-every is positive: " + sweepEvery);
        }
    }

    /**
     * @throws IllegalArgumentException if the archive would keep less than the log, from which it
     *     could be filled again
     */
    void refuseLessThan(LogRetention log) {
        if (retention.compareTo(log.history()) < 0) {
            throw new IllegalArgumentException(
                    "archive.retention is at least that of the log (%s), which is %d days: %s"
                            .formatted(
                                    LogRetention.HISTORY_SETTING,
                                    log.history().toDays(),
                                    retention));
        }
    }
}
