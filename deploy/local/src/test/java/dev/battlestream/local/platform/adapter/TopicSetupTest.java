package dev.battlestream.local.platform.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.battlestream.schemas.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicSetupTest {

    @Test
    void withoutASettingTheCatalogueSaysHowManyPartitions() {
        assertThat(TopicSetup.partitions("")).isEqualTo(Topics.DEFAULT_PARTITIONS);
    }

    @Test
    void theSettingSaysHowManyPartitions() {
        assertThat(TopicSetup.partitions("3")).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1001", "many", "3.5"})
    void aSettingThatIsNoUsableNumberIsRefusedByName(String setting) {
        assertThatThrownBy(() -> TopicSetup.partitions(setting))
                .isInstanceOf(PlatformException.class)
                .hasMessageContaining("BATTLESTREAM_PARTITIONS is " + setting);
    }
}
