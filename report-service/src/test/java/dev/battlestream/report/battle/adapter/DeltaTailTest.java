package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.TurnDelta;
import dev.battlestream.report.battle.Delta;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.PlainAvro;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeltaTailTest {

    private static final String ID = "2f2a0c1e-8a65-4d25-b54c-bb4f3b0f4a11";
    private static final int PARTITION = 3;
    private static final TopicPartition AT =
            new TopicPartition(Topics.BATTLE_DELTAS.name(), PARTITION);
    private static final Serde<TurnDelta> SERDE =
            new EventSerdes(PlainAvro.settings()).values(Topics.BATTLE_DELTAS);

    /** A partition that somebody else writes to. */
    private static final class Partition extends MockConsumer<String, byte[]> {

        private final long end;

        Partition(long end) {
            super("latest");
            this.end = end;
            updateEndOffsets(Map.of(AT, end));
            updateBeginningOffsets(Map.of(AT, 0L));
            // The first poll finds the end.
            schedulePollTask(() -> {});
        }

        @Override
        public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
                Map<TopicPartition, Long> times, Duration limit) {
            Map<TopicPartition, OffsetAndTimestamp> nothingSince = new HashMap<>();
            times.keySet().forEach(at -> nothingSince.put(at, null));
            return nothingSince;
        }

        void write(long offset, TurnDelta delta) {
            schedulePollTask(() -> {
                updateEndOffsets(Map.of(AT, Math.max(end, offset + 1)));
                addRecord(
                        new ConsumerRecord<>(
                                AT.topic(),
                                PARTITION,
                                offset,
                                ID,
                                SERDE.serializer().serialize(AT.topic(), delta)));
            });
        }
    }

    private final Subscriptions subscriptions = new Subscriptions(10);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Deque<MockConsumer<String, byte[]>> consumers = new ConcurrentLinkedDeque<>();
    private final DeltaTail tail =
            new DeltaTail(
                    consumers::removeFirst,
                    SERDE.deserializer(),
                    subscriptions,
                    new DeltaDrops(meters),
                    () -> Records.START);

    @AfterEach
    void stop() {
        tail.stop();
    }

    @Test
    void aConsumerThatFailsIsReplaced() {
        Partition broken = new Partition(7);
        broken.schedulePollTask(() -> broken.setPollException(new KafkaException("broken")));
        Partition sound = new Partition(7);
        sound.write(7, Records.delta(ID, 1, 0, 0, "he"));
        consumers.add(broken);
        consumers.add(sound);

        try (Subscription follower = subscriptions.open(ID);
                PartitionWatches.Watch _ = tail.watch(PARTITION)) {
            tail.start();

            assertThat(awaitDelta(follower)).isEqualTo(new Delta.Text(1, 1, 1, 0, 0, "he"));
        }
        assertThat(broken.closed()).isTrue();
    }

    @Test
    void whenTooMuchHasComeItGoesOnWithTheNewestAndCountsTheRest() {
        Partition flooded = new Partition(0);
        flooded.schedulePollTask(() -> flooded.updateEndOffsets(Map.of(AT, 50_000L)));
        flooded.schedulePollTask(() -> {});
        flooded.write(50_000, Records.delta(ID, 1, 0, 0, "new"));
        consumers.add(flooded);

        try (Subscription follower = subscriptions.open(ID);
                PartitionWatches.Watch _ = tail.watch(PARTITION)) {
            tail.start();

            assertThat(awaitDelta(follower)).isEqualTo(new Delta.Text(1, 1, 1, 0, 0, "new"));
        }
        assertThat(meters.get(DeltaDrops.METER).tag("reason", "behind").counter().count())
                .isEqualTo(50_000);
    }

    @Test
    void withoutFollowersNothingIsRead() {
        Partition partition = new Partition(7);
        consumers.add(partition);
        PartitionWatches.Watch watch = tail.watch(PARTITION);
        tail.start();
        await().until(() -> partition.assignment().contains(AT));

        watch.close();
        await().until(() -> partition.assignment().isEmpty());

        try (PartitionWatches.Watch _ = tail.watch(PARTITION)) {
            await().until(() -> partition.assignment().contains(AT));
        }
    }

    private static Delta awaitDelta(Subscription follower) {
        List<Delta> told = new ArrayList<>();
        await().until(() -> {
            told.addAll(follower.takeDeltas(1));
            return !told.isEmpty();
        });
        return told.getFirst();
    }
}
