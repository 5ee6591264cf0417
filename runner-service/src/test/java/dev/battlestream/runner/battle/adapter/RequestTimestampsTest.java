package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTimestampsTest {

    private final RequestTimestamps timestamps = new RequestTimestamps();

    @Test
    void aRecordHasItsOwnTime() {
        assertThat(timestamps.extract(record(7), 42)).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MIN_VALUE})
    void noOtherTimeStandsInForAnAbsentOne(long absent) {
        assertThat(timestamps.extract(record(absent), 42)).isEqualTo(RequestTimestamps.NONE);
    }

    private static ConsumerRecord<Object, Object> record(long timestamp) {
        return new ConsumerRecord<>(
                "battle.requests",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                3,
                5,
                "key",
                "value",
                new RecordHeaders(),
                Optional.empty());
    }
}
