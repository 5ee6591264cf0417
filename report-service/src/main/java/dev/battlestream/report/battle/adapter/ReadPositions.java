package dev.battlestream.report.battle.adapter;

import dev.battlestream.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/** Up to which offsets the views of this process have read since it started. */
public final class ReadPositions {

    private final Map<TopicPartition, Long> next = new ConcurrentHashMap<>();

    /** The views have taken in the record at this offset. */
    void read(TopicPartition partition, long offset) {
        next.put(partition, offset + 1);
    }

    /** The partition of these topics has gone to another instance, or comes anew. */
    void forget(List<? extends Topic<?>> topics, int partition) {
        topics.forEach(topic -> next.remove(new TopicPartition(topic.name(), partition)));
    }

    /** The offset of the next record; {@code otherwise} if none has been read since the start. */
    public long next(TopicPartition partition, long otherwise) {
        return next.getOrDefault(partition, otherwise);
    }
}
