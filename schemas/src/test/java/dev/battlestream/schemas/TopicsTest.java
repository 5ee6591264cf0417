package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopicsTest {

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    @Test
    void everyTopicIsCreatedWithItsDeadLetterTopic() {
        short replication = 3;

        assertThat(Topics.toCreate(12, replication))
                .extracting(NewTopic::name)
                .containsExactly(
                        "battle.requests",
                        "battle.requests.dlt",
                        "battle.cancellations",
                        "battle.cancellations.dlt",
                        "battle.turns",
                        "battle.turns.dlt",
                        "battle.verdicts",
                        "battle.verdicts.dlt",
                        "battle.outcomes",
                        "battle.outcomes.dlt",
                        "battle.deltas",
                        "battle.deltas.dlt");
    }

    @Test
    void battleTopicsAreCoPartitionedAndDeadLettersNeedOnePartition() {
        short replication = 3;

        for (NewTopic topic : Topics.toCreate(7, replication)) {
            boolean deadLetters = topic.name().endsWith(Topics.DEAD_LETTER_SUFFIX);
            assertThat(topic.numPartitions()).as(topic.name()).isEqualTo(deadLetters ? 1 : 7);
            assertThat(topic.replicationFactor()).as(topic.name()).isEqualTo(replication);
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aDeadLetterOutlivesTheRecordsOfItsTopic(Topic<?> topic) {
        short replication = 1;

        assertThat(retention(topic.toNewDeadLetterTopic(replication)))
                .isGreaterThanOrEqualTo(topic.retention());
        assertThat(retention(topic.toNewTopic(1, replication))).isEqualTo(topic.retention());
    }

    @ParameterizedTest
    @MethodSource("topics")
    void theFirstFieldOfEveryRecordIsItsKey(Topic<?> topic) {
        assertThat(topic.schema().getFields().getFirst().name()).isEqualTo("battleId");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void oneRecordTypeBelongsToOneTopic(Topic<?> topic) {
        assertThat(Topics.all())
                .filteredOn(other -> other.valueType().equals(topic.valueType()))
                .containsExactly(topic);
        assertThat(topic.subject()).isEqualTo(topic.name() + "-value");
    }

    private static Duration retention(NewTopic topic) {
        return Duration.ofMillis(
                Long.parseLong(topic.configs().get(TopicConfig.RETENTION_MS_CONFIG)));
    }
}
