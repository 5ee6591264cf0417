package dev.battlestream.effects;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RecordTimestampsTest {

    private static final long UNKNOWN = -1;
    private static final long NOW = 1_767_225_600_000L;

    private final RecordTimestamps timestamps =
            new RecordTimestamps(InstantSource.fixed(Instant.ofEpochMilli(NOW)));

    @Test
    void aRecordHasItsOwnTime() {
        assertThat(timestamps.extract(record(7), 42)).isEqualTo(7);
        assertThat(timestamps.extract(record(0), 42)).isZero();
    }

    @Test
    void aRecordWithoutATimeHasThatOfItsPartition() {
        assertThat(timestamps.extract(record(-1), 42)).isEqualTo(42);
        assertThat(timestamps.extract(record(Long.MIN_VALUE), 42)).isEqualTo(42);
    }

    @Test
    void theFirstRecordOfAPartitionMayBeWithoutATime() {
        assertThat(timestamps.extract(record(-1), UNKNOWN)).isEqualTo(NOW);
    }

    @Test
    void theContentsAreNotLookedAt() {
        Object secret =
                new Object() {
                    @Override
                    public String toString() {
                        throw new AssertionError("contents were made a text");
                    }
                };

        assertThat(timestamps.extract(record(-1, secret), 42)).isEqualTo(42);
    }

    private static ConsumerRecord<Object, Object> record(long timestamp) {
        return record(timestamp, "value");
    }

    private static ConsumerRecord<Object, Object> record(long timestamp, Object value) {
        return new ConsumerRecord<>(
                "battles",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                3,
                5,
                "key",
                value,
                new RecordHeaders(),
                Optional.empty());
    }
}
