package dev.battlestream.report.battle.adapter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** Up to which offsets the views of this process have read since it started. */
final class ReadPositions {

    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();

    /** The views have taken in the record at this offset. */
    void read(TopicPartition partition, long offset) {
        next.put(partition, offset + 1);
    }

    /** The partition has gone to another instance, or comes anew. */
    void forget(int partition) {
        next.keySet().removeIf(known -> known.partition() == partition);
    }

    /** The offset of the next record; {@code otherwise} if none has been read since the start. */
    long next(TopicPartition partition, long otherwise) {
        return next.getOrDefault(partition, otherwise);
    }
}
