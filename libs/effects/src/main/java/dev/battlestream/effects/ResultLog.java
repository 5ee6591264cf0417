package dev.battlestream.effects;

import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;

/** Where a partition of a result topic ends and how far its reader has committed. */
@FunctionalInterface
public interface ResultLog {

    /**
     * Asks without blocking.
     *
     * @param group consumer group of the reader, i.e. the application id
     * @return the position, or a failure; the asker then asks again later
     */
    CompletableFuture<Position> position(String group, TopicPartition partition);

    /** A log on which nothing was ever written, for tests of topologies without a broker. */
    static ResultLog empty() {
        return (group, partition) ->
                CompletableFuture.completedFuture(new Position(0, 0, OptionalLong.empty()));
    }

    /**
     * A partition of the log and its reader at one moment.
     *
     * @param start first offset that the log still holds
     * @param end offset that the next record will get
     * @param committed next offset that the group will read, absent if it never committed
     */
    record Position(long start, long end, OptionalLong committed) {

        /** Next offset to be read by the group for certain, whatever it has read since. */
        long next() {
            return Math.max(start, committed.orElse(start));
        }
    }
}
