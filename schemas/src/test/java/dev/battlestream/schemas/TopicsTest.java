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
                        "battle.deltas.dlt",
                        "scale.requests",
                        "scale.requests.dlt",
                        "scale.cancellations",
                        "scale.cancellations.dlt",
                        "scale.members",
                        "scale.members.dlt",
                        "scale.outcomes",
                        "scale.outcomes.dlt");
    }

    @Test
    void topicsAreCoPartitionedAndDeadLettersNeedOnePartition() {
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
        assertThat(topic.schema().getFields().getFirst().name())
                .isEqualTo(topic.name().startsWith("scale.") ? "runId" : "battleId");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void oneRecordTypeBelongsToOneTopic(Topic<?> topic) {
        assertThat(Topics.all())
                .filteredOn(other -> other.valueType().equals(topic.valueType()))
                .containsExactly(topic);
        assertThat(topic.subject()).isEqualTo(topic.name() + "-value");
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aDeadLetterTopicTakesTheLargestRecordOfItsTopicWithItsCause(Topic<?> topic) {
        short replication = 1;

        assertThat(maxBytes(topic.toNewTopic(1, replication))).isEqualTo(1_000_000);
        assertThat(maxBytes(topic.toNewDeadLetterTopic(replication)))
                .isEqualTo(1_000_000 + 65_536)
                .isEqualTo(Topic.MAX_DEAD_LETTER_BYTES);
    }

    @Test
    void deltasAreForgottenInPiecesSmallerThanTheirRetention() {
        short replication = 1;

        assertThat(Topics.BATTLE_DELTAS.toNewTopic(1, replication).configs())
                .containsEntry(TopicConfig.RETENTION_MS_CONFIG, "600000")
                .containsEntry(TopicConfig.SEGMENT_MS_CONFIG, "300000")
                .containsEntry(TopicConfig.SEGMENT_BYTES_CONFIG, "33554432");
        assertThat(Topics.BATTLE_TURNS.toNewTopic(1, replication).configs())
                .doesNotContainKeys(
                        TopicConfig.SEGMENT_MS_CONFIG, TopicConfig.SEGMENT_BYTES_CONFIG);
    }

    @Test
    void whatHappenedIsKeptForTheHistoryRetention() {
        assertThat(
                        List.of(
                                Topics.BATTLE_TURNS,
                                Topics.BATTLE_VERDICTS,
                                Topics.BATTLE_OUTCOMES,
                                Topics.SCALE_MEMBERS,
                                Topics.SCALE_OUTCOMES))
                .allSatisfy(
                        topic -> assertThat(topic.retention()).isEqualTo(Topics.HISTORY_RETENTION));
    }

    private static int maxBytes(NewTopic topic) {
        return Integer.parseInt(topic.configs().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
    }

    private static Duration retention(NewTopic topic) {
        return Duration.ofMillis(
                Long.parseLong(topic.configs().get(TopicConfig.RETENTION_MS_CONFIG)));
    }
}
