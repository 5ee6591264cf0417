package dev.battlestream.report.archive.adapter;

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
 */
@ConfigurationProperties("battlestream.report.archive")
record ArchiveSettings(
        String group, String clientId, int batch, Duration retryFrom, Duration retryTo) {

    /**
     * A battle's request has 8 parameters, its outcome 31, those of runs fewer; a statement takes
     * 65,535.
     */
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
    }
}
