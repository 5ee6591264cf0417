package dev.battlestream.local.check.adapter;

import dev.battlestream.local.platform.adapter.PlatformException;
import dev.battlestream.local.report.Place;
import dev.battlestream.schemas.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the same partition of several topics from beginning to end, side by side in the order of
 * the records' times, so that what belongs together comes close together. Each topic's own order is
 * kept. At most {@link #MOST_HELD} records of a topic are held at a time.
 */
final class PartitionReading {

    private static final int MOST_HELD = 500;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<TopicPartition, Deque<ConsumerRecord<String, byte[]>>> held =
            new LinkedHashMap<>();
    private final Map<TopicPartition, Long> firsts;
    private final Map<TopicPartition, Long> ends;
    private final Map<Place, Long> readTo = new HashMap<>();
    private long records;

    /**
     * @param consumer of its own; reads what is committed
     */
    PartitionReading(
            KafkaConsumer<String, byte[]> consumer, Collection<Topic<?>> topics, int partition) {
        this.consumer = consumer;
        List<TopicPartition> partitions = new ArrayList<>();
        for (Topic<?> topic : topics) {
            partitions.add(new TopicPartition(topic.name(), partition));
        }
        // The ends from the last topic to the first: what an outcome counts was written before it.
        ends = new HashMap<>();
        for (TopicPartition at : partitions.reversed()) {
            held.put(at, new ArrayDeque<>());
            ends.putAll(consumer.endOffsets(List.of(at)));
        }
        firsts = consumer.beginningOffsets(partitions);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Whether the log has deleted the oldest records of a topic. */
    boolean isCut(Topic<?> topic) {
        return firsts.entrySet().stream()
                .anyMatch(at -> at.getKey().topic().equals(topic.name()) && at.getValue() > 0);
    }

    /** The offset behind the last record that was read, by topic; nothing for an empty topic. */
    Map<Place, Long> readTo() {
        return Map.copyOf(readTo);
    }

    /** Records that were read, also those of other keys. */
    long records() {
        return records;
    }

    /** Hands on all records with a wanted key. */
    void forEach(Predicate<String> wanted, Consumer<ConsumerRecord<String, byte[]>> taker) {
        while (true) {
            boolean waiting = held.keySet().stream().anyMatch(at -> missing(at));
            if (waiting) {
                fill(wanted);
            }
            Optional<Deque<ConsumerRecord<String, byte[]>>> next =
                    held.keySet().stream().anyMatch(this::missing) ? Optional.empty() : oldest();
            if (next.isPresent()) {
                taker.accept(next.get().remove());
            } else if (held.keySet().stream().noneMatch(this::missing)) {
                return;
            }
        }
    }

    /** Whether it cannot be told yet which record comes next on a topic. */
    private boolean missing(TopicPartition at) {
        return held(at).isEmpty() && consumer.position(at) < ends.getOrDefault(at, 0L);
    }

    private Optional<Deque<ConsumerRecord<String, byte[]>>> oldest() {
        Deque<ConsumerRecord<String, byte[]>> oldest = null;
        for (Deque<ConsumerRecord<String, byte[]>> queue : held.values()) {
            if (!queue.isEmpty()
                    && (oldest == null
                            || queue.element().timestamp() < oldest.element().timestamp())) {
                oldest = queue;
            }
        }
        return Optional.ofNullable(oldest);
    }

    private void fill(Predicate<String> wanted) {
        held.forEach((at, queue) -> {
            if (queue.size() >= MOST_HELD) {
                consumer.pause(List.of(at));
            } else {
                consumer.resume(List.of(at));
            }
        });
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (held.keySet().stream().anyMatch(this::missing)) {
            if (System.nanoTime() > deadline) {
                throw new PlatformException(
                        "The broker does not give all that is on " + held.keySet());
            }
            var polled = consumer.poll(POLL);
            for (ConsumerRecord<String, byte[]> record : polled) {
                TopicPartition at = new TopicPartition(record.topic(), record.partition());
                if (record.offset() >= ends.getOrDefault(at, 0L)) {
                    continue;
                }
                records++;
                readTo.put(new Place(record.topic(), record.partition()), record.offset() + 1);
                if (record.key() != null && wanted.test(record.key())) {
                    held(at).add(record);
                }
            }
            if (!polled.isEmpty()) {
                break;
            }
        }
    }

    private Deque<ConsumerRecord<String, byte[]>> held(TopicPartition at) {
        Deque<ConsumerRecord<String, byte[]>> queue = held.get(at);
        if (queue == null) {
            throw new IllegalStateException("not read: " + at);
        }
        return queue;
    }
}
