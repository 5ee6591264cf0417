package dev.battlestream.report.battle.adapter;

import dev.battlestream.schemas.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.TaskMetadata;
import org.apache.kafka.streams.ThreadMetadata;

/** Up to where the views of this instance have read the log. */
final class ViewProgress {

    private final KafkaStreams streams;
    private final ReadPositions positions;
    private final List<String> stores;

    /**
     * One partition of one topic.
     *
     * @param readTo offset of the next record to be read; everything before it is in the views
     * @param endOffset end of the partition when it was last read from, -1 while unknown
     * @param lag records between the two; control records of transactions count for a moment
     */
    record PartitionProgress(String topic, int partition, long readTo, long endOffset, long lag) {}

    /**
     * All partitions that this instance owns.
     *
     * @param instance its name
     * @param state RUNNING when the views can be read
     */
    record Body(
            String instance,
            String state,
            List<String> stores,
            List<PartitionProgress> partitions) {}

    /**
     * @param stores all that the views keep
     */
    ViewProgress(KafkaStreams streams, ReadPositions positions, List<String> stores) {
        this.streams = streams;
        this.positions = positions;
        this.stores = List.copyOf(stores);
    }

    Body body(String instance) {
        return new Body(instance, streams.state().name(), stores, partitions());
    }

    /** The partitions that this instance owns, in order. */
    List<PartitionProgress> partitions() {
        List<PartitionProgress> partitions = new ArrayList<>();
        if (!streams.state().isRunningOrRebalancing()) {
            return partitions;
        }
        for (ThreadMetadata thread : streams.metadataForLocalThreads()) {
            for (TaskMetadata task : thread.activeTasks()) {
                for (TopicPartition partition : task.topicPartitions()) {
                    partitions.add(progress(partition, task));
                }
            }
        }
        partitions.sort(
                Comparator.comparing(PartitionProgress::topic)
                        .thenComparingInt(PartitionProgress::partition));
        return partitions;
    }

    /** Records that this instance has yet to read of a topic. */
    long lag(Topic<?> topic) {
        return partitions().stream()
                .filter(at -> at.topic().equals(topic.name()))
                .mapToLong(PartitionProgress::lag)
                .sum();
    }

    private PartitionProgress progress(TopicPartition partition, TaskMetadata task) {
        long committed = task.committedOffsets().getOrDefault(partition, -1L);
        long readTo = Math.max(Math.max(committed, 0), positions.next(partition, 0));
        long end = task.endOffsets().getOrDefault(partition, -1L);
        return new PartitionProgress(
                partition.topic(), partition.partition(), readTo, end, Math.max(0, end - readTo));
    }
}
