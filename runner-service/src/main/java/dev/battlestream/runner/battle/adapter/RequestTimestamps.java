package dev.battlestream.runner.battle.adapter;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The time of a request's record, which says whether the request is stale. Where it has none,
 * nothing stands in for it: with the clock's time a request that is read again after its battle has
 * been forgotten would be played again.
 */
public final class RequestTimestamps implements TimestampExtractor {

    /** The time of a record that has none; Kafka Streams would skip it for a negative one. */
    public static final long NONE = 0;

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return Math.max(NONE, record.timestamp());
    }
}
