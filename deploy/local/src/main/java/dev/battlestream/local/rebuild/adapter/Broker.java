package dev.battlestream.local.rebuild.adapter;

import dev.battlestream.local.platform.adapter.PlatformException;
import dev.battlestream.local.rebuild.Reach;
import dev.battlestream.local.rebuild.Stretch;
import dev.battlestream.local.report.Place;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a rebuild asks of the broker. */
final class Broker implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration POLL = Duration.ofMillis(200);

    /** As many offsets before the end are looked through for the last record. */
    private static final int TAIL = 200;

    private final Map<String, Object> clients;
    private final Admin admin;

    /**
     * @param bootstrapServers its address
     */
    Broker(String bootstrapServers) {
        clients = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        admin = Admin.create(clients);
    }

    /**
     * Waits until nobody is in a group any more. Who does not leave when it ends, as a static
     * member, is in it until its session times out.
     *
     * @throws PlatformException if somebody stays
     */
    void awaitEmpty(String group) {
        await(
                () -> isEmpty(group),
                "Another instance of the report service is at work in the group %s; stop it first"
                        .formatted(group));
    }

    private boolean isEmpty(String group) {
        try {
            ConsumerGroupDescription found =
                    admin.describeConsumerGroups(List.of(group))
                            .all()
                            .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                            .get(group);
            return found == null
                    || found.groupState() == GroupState.EMPTY
                    || found.groupState() == GroupState.DEAD;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return true;
            }
            throw unanswered(e);
        } catch (TimeoutException e) {
            throw unanswered(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Has an empty group read topics again from their first record. */
    void toBeginning(String group, Collection<String> topics) {
        Map<TopicPartition, OffsetAndMetadata> beginnings = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            consumer.beginningOffsets(partitions(topics))
                    .forEach((at, first) -> beginnings.put(at, new OffsetAndMetadata(first)));
        }
        answer(admin.alterConsumerGroupOffsets(group, beginnings).all());
    }

    /** Deletes topics that exist, and returns when they are gone. */
    void delete(Collection<String> topics) {
        Set<String> there = answer(admin.listTopics().names());
        List<String> found = topics.stream().filter(there::contains).toList();
        for (KafkaFuture<Void> deleted : admin.deleteTopics(found).topicNameValues().values()) {
            try {
                deleted.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw unanswered(e);
                }
            } catch (TimeoutException e) {
                throw unanswered(e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        await(
                () -> answer(admin.listTopics().names()).stream().noneMatch(found::contains),
                "The broker does not delete " + String.join(", ", found));
    }

    /** The records of topics that there are now, those of unfinished transactions left out. */
    Stretch stretch(Collection<String> topics) {
        Map<Place, Stretch.Span> spans = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Set<TopicPartition> partitions = partitions(topics);
            Map<TopicPartition, Long> firsts = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            for (TopicPartition at : partitions) {
                long first = firsts.getOrDefault(at, 0L);
                long end = Math.max(first, ends.getOrDefault(at, 0L));
                long tail = Math.max(first, end - TAIL);
                spans.put(
                        new Place(at.topic(), at.partition()),
                        new Stretch.Span(first, behindLast(consumer, at, tail, end)));
            }
        }
        return new Stretch(spans);
    }

    /** The offset behind the last record; the end itself where none is near it. */
    private static long behindLast(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition at, long from, long end) {
        consumer.assign(List.of(at));
        consumer.seek(at, from);
        long behind = -1;
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(at) < end) {
            if (System.nanoTime() > deadline) {
                throw new PlatformException("The broker does not give what is in " + at);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(at)) {
                if (record.offset() < end) {
                    behind = record.offset() + 1;
                }
            }
        }
        return behind < 0 ? end : behind;
    }

    /**
     * When the first record of each partition was written, in milliseconds since the epoch.
     *
     * @param cutOnly only partitions whose oldest records have been deleted
     * @return {@link Reach#EMPTY} for a partition that is empty; nothing for one that is not asked
     *     for
     */
    Map<Place, Long> firstTimes(String topic, boolean cutOnly) {
        Map<Place, Long> times =
                new TreeMap<>(
                        Comparator.comparing(Place::topic).thenComparingInt(Place::partition));
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Set<TopicPartition> partitions = partitions(List.of(topic));
            Map<TopicPartition, Long> firsts = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            for (TopicPartition at : partitions) {
                long first = firsts.getOrDefault(at, 0L);
                if (!cutOnly || first > 0) {
                    times.put(
                            new Place(at.topic(), at.partition()),
                            firstTime(consumer, at, first, ends.getOrDefault(at, 0L)));
                }
            }
        }
        return times;
    }

    private static long firstTime(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition at, long from, long end) {
        consumer.assign(List.of(at));
        consumer.seek(at, from);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (consumer.position(at) < end) {
            if (System.nanoTime() > deadline) {
                throw new PlatformException("The broker does not give what is in " + at);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL).records(at)) {
                return record.timestamp();
            }
        }
        return Reach.EMPTY;
    }

    /** Hands on the keys of all records that a topic has now. */
    void forEachKey(String topic, Consumer<String> taker) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            Set<TopicPartition> partitions = partitions(List.of(topic));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (partitions.stream()
                    .anyMatch(at -> consumer.position(at) < ends.getOrDefault(at, 0L))) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    if (record.key() != null) {
                        taker.accept(new String(record.key(), StandardCharsets.UTF_8));
                    }
                }
                if (!records.isEmpty()) {
                    deadline = System.nanoTime() + PATIENCE.toNanos();
                } else if (System.nanoTime() > deadline) {
                    throw new PlatformException("The broker does not give what is on " + topic);
                }
            }
        }
    }

    private Set<TopicPartition> partitions(Collection<String> topics) {
        Map<String, TopicDescription> described =
                answer(admin.describeTopics(topics).allTopicNames());
        return described.values().stream()
                .flatMap(topic ->
                        topic.partitions().stream()
                                .map(info -> new TopicPartition(topic.name(), info.partition())))
                .collect(Collectors.toSet());
    }

    /** Reads what is committed and tells nobody of it. */
    KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static void await(BooleanSupplier condition, String otherwise) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new PlatformException(otherwise);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw unanswered(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static PlatformException unanswered(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new PlatformException("The broker refused or does not answer: " + cause);
    }

    private static PlatformException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new PlatformException("Interrupted: " + e.getMessage());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
