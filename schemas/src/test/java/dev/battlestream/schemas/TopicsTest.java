package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TopicsTest {

    static List<Topic<?>> topics() {
        return Topics.all();
    }

    @Test
    void everyTopicIsCreatedWithItsDeadLetterTopic() {
        short replication = 3;

        assertThat(Topics.toCreate(12, replication, LogRetention.DEFAULT))
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
                        "battle.deletions",
                        "battle.deletions.dlt",
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

        for (NewTopic topic : Topics.toCreate(7, replication, LogRetention.DEFAULT)) {
            boolean deadLetters = topic.name().endsWith(Topics.DEAD_LETTER_SUFFIX);
            assertThat(topic.numPartitions()).as(topic.name()).isEqualTo(deadLetters ? 1 : 7);
            assertThat(topic.replicationFactor()).as(topic.name()).isEqualTo(replication);
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void aDeadLetterOutlivesTheRecordsOfItsTopic(Topic<?> topic) {
        short replication = 1;

        assertThat(retention(topic.toNewDeadLetterTopic(replication, LogRetention.DEFAULT)))
                .isGreaterThanOrEqualTo(
                        retention(topic.toNewTopic(1, replication, LogRetention.DEFAULT)));
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

        assertThat(maxBytes(topic.toNewTopic(1, replication, LogRetention.DEFAULT)))
                .isEqualTo(1_000_000);
        assertThat(maxBytes(topic.toNewDeadLetterTopic(replication, LogRetention.DEFAULT)))
                .isEqualTo(1_000_000 + 65_536)
                .isEqualTo(Topic.MAX_DEAD_LETTER_BYTES);
    }

    @Test
    void deltasAreForgottenInPiecesSmallerThanTheirRetention() {
        short replication = 1;

        assertThat(Topics.BATTLE_DELTAS.toNewTopic(1, replication, LogRetention.DEFAULT).configs())
                .containsEntry(TopicConfig.RETENTION_MS_CONFIG, "600000")
                .containsEntry(TopicConfig.SEGMENT_MS_CONFIG, "300000")
                .containsEntry(TopicConfig.SEGMENT_BYTES_CONFIG, "33554432");
        assertThat(Topics.BATTLE_TURNS.toNewTopic(1, replication, LogRetention.DEFAULT).configs())
                .doesNotContainKeys(
                        TopicConfig.SEGMENT_MS_CONFIG, TopicConfig.SEGMENT_BYTES_CONFIG);
    }

    @Test
    void topicsKeepTheirRecordsAsLongAsTheOperatorSays() {
        LogRetention chosen = new LogRetention(Duration.ofHours(2), Duration.ofDays(3));

        assertThat(kept(Topics.BATTLE_REQUESTS, chosen)).isEqualTo(Duration.ofHours(2));
        assertThat(kept(Topics.SCALE_CANCELLATIONS, chosen)).isEqualTo(Duration.ofHours(2));
        assertThat(
                        List.of(
                                Topics.BATTLE_TURNS,
                                Topics.BATTLE_VERDICTS,
                                Topics.BATTLE_OUTCOMES,
                                Topics.SCALE_MEMBERS,
                                Topics.SCALE_OUTCOMES))
                .allSatisfy(topic -> assertThat(kept(topic, chosen)).isEqualTo(Duration.ofDays(3)));
        assertThat(kept(Topics.BATTLE_DELTAS, chosen)).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void deadLettersStayAsLongAsHistory() {
        LogRetention chosen = new LogRetention(Duration.ofHours(2), Duration.ofDays(3));
        short replication = 1;

        assertThat(List.of(Topics.BATTLE_REQUESTS, Topics.BATTLE_TURNS, Topics.BATTLE_DELTAS))
                .extracting(topic -> retention(topic.toNewDeadLetterTopic(replication, chosen)))
                .containsOnly(Duration.ofDays(3));
    }

    /** The broker deletes whole segments: a record goes when the newest beside it is old. */
    @ParameterizedTest
    @CsvSource({"PT24H, PT24H", "PT168H, PT720H", "PT1H, PT8760H"})
    void aDeletionOutlivesWhatItDeletes(Duration requests, Duration history) {
        LogRetention chosen = new LogRetention(requests, history);

        Duration deletions = kept(Topics.BATTLE_DELETIONS, chosen);
        assertThat(
                        List.of(
                                Topics.BATTLE_REQUESTS,
                                Topics.BATTLE_TURNS,
                                Topics.BATTLE_VERDICTS,
                                Topics.BATTLE_OUTCOMES))
                .allSatisfy(topic ->
                        assertThat(deletions)
                                .isGreaterThan(kept(topic, chosen).plus(segment(topic, chosen))));
        assertThat(chosen.deletions()).isEqualTo(deletions);
    }

    @Test
    void aTopicThatForgetsWithinAWeekIsCutIntoPieces() {
        LogRetention chosen = new LogRetention(Duration.ofHours(2), Duration.ofDays(3));

        assertThat(segment(Topics.BATTLE_REQUESTS, chosen)).isEqualTo(Duration.ofHours(1));
        assertThat(segment(Topics.BATTLE_TURNS, chosen)).isEqualTo(Duration.ofHours(36));
    }

    private static Duration kept(Topic<?> topic, LogRetention chosen) {
        short replication = 1;
        return retention(topic.toNewTopic(1, replication, chosen));
    }

    /** A week is the broker's own default. */
    private static Duration segment(Topic<?> topic, LogRetention chosen) {
        short replication = 1;
        String millis =
                topic.toNewTopic(1, replication, chosen)
                        .configs()
                        .get(TopicConfig.SEGMENT_MS_CONFIG);
        return millis == null ? Duration.ofDays(7) : Duration.ofMillis(Long.parseLong(millis));
    }

    private static int maxBytes(NewTopic topic) {
        return Integer.parseInt(topic.configs().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
    }

    private static Duration retention(NewTopic topic) {
        return Duration.ofMillis(
                Long.parseLong(topic.configs().get(TopicConfig.RETENTION_MS_CONFIG)));
    }
}
