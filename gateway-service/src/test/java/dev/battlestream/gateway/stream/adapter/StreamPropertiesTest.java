package dev.battlestream.gateway.stream.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class StreamPropertiesTest {

    private final StreamProperties properties =
            new StreamProperties(
                    Duration.ofSeconds(15),
                    10_000,
                    1_000,
                    Duration.ofSeconds(12),
                    10_000,
                    Duration.ofSeconds(5),
                    DataSize.ofMegabytes(8),
                    DataSize.ofMegabytes(128),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(5));

    @Test
    void streamsTakeNoMoreThanHalfOfTheHeap() {
        assertThat(properties.viewersThatFit(DataSize.ofMegabytes(256))).isEqualTo(4096);
    }

    @Test
    void aLargeHeapHoldsAsManyAsAreSet() {
        assertThat(properties.viewersThatFit(DataSize.ofGigabytes(8))).isEqualTo(10_000);
    }

    @Test
    void thereIsAlwaysRoomForOne() {
        assertThat(properties.viewersThatFit(DataSize.ofKilobytes(50))).isEqualTo(1);
    }
}
