package dev.battlestream.gateway.stream.adapter;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.unit.DataSize;

/**
 * Settings of live streams.
 *
 * @param heartbeat a quiet stream gets a comment this often
 * @param maxViewers open streams in all; no more than the heap has room for, whatever is set
 * @param maxViewersPerClient open streams of one client
 * @param openTimeout how long a stream waits for its begin, whether the battle is not known yet or
 *     the report service does not answer; some seconds more than that service's read time-out
 * @param deltasPerSecond deltas that all viewers together get in a second; if there are more, each
 *     viewer gets fewer and larger ones
 * @param linger how long a feed without viewers is kept for the next one
 * @param feedMemory events that one feed keeps
 * @param allFeedsMemory events that all feeds keep together
 * @param minBackoff first wait before the upstream connects again; doubles up to maxBackoff
 */
@ConfigurationProperties("battlestream.stream")
public record StreamProperties(
        Duration heartbeat,
        int maxViewers,
        int maxViewersPerClient,
        Duration openTimeout,
        int deltasPerSecond,
        Duration linger,
        DataSize feedMemory,
        DataSize allFeedsMemory,
        Duration minBackoff,
        Duration maxBackoff) {

    public StreamProperties {
        if (!heartbeat.isPositive() || !openTimeout.isPositive() || linger.isNegative()) {
            throw new IllegalArgumentException("the times of battlestream.stream must be positive");
        }
        if (deltasPerSecond < 1) {
            throw new IllegalArgumentException(
                    "battlestream.stream.deltas-per-second must be positive");
        }
        if (!minBackoff.isPositive() || maxBackoff.compareTo(minBackoff) < 0) {
            throw new IllegalArgumentException(
                    "battlestream.stream: 0 < min-backoff <= max-backoff is required");
        }
    }

    /**
     * What an open stream takes of the heap at most: the server's connection and request, and a
     * virtual thread's stack. Measured at rest: 19 KB.
     */
    static final DataSize MEMORY_PER_VIEWER = DataSize.ofKilobytes(32);

    /** Open streams in all; they may take half of the heap. */
    int viewersThatFit(DataSize heap) {
        long room = heap.toBytes() / 2 / MEMORY_PER_VIEWER.toBytes();
        return Math.clamp(room, 1, maxViewers);
    }
}
