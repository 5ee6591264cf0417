package dev.battlestream.effects;

import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * The record's own time, and one for a record that has none: anybody may write to a topic, so such
 * a record must neither stop the application nor be lost, and its contents never get into a log or
 * an exception. It gets the time of its partition, or the wall clock where that is unknown.
 */
public final class RecordTimestamps implements TimestampExtractor {

    private final InstantSource clock;

    /** For Kafka Streams, which makes it by its name. */
    public RecordTimestamps() {
        this(InstantSource.system());
    }

    RecordTimestamps(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        if (record.timestamp() >= 0) {
            return record.timestamp();
        }
        return partitionTime >= 0 ? partitionTime : clock.millis();
    }
}
