package dev.battlestream.runner.battle.adapter;

import dev.battlestream.schemas.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Creates the topics that are missing and changes none that is there: with another number of
 * partitions a battle's records would no longer lie together.
 */
final class BattleTopics {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Map<String, Object> clients;
    private final int partitions;
    private final short replication;

    BattleTopics(Map<String, Object> clients, int partitions, short replication) {
        this.clients = Map.copyOf(clients);
        this.partitions = partitions;
        this.replication = replication;
    }

    /**
     * Returns when all topics are there.
     *
     * @throws IllegalStateException if one has another number of partitions, or the broker is of no
     *     use
     */
    void ensure() {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (Admin admin = Admin.create(clients)) {
            while (createMissing(admin)) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(
                            "created topics did not appear within " + PATIENCE);
                }
                Thread.sleep(PAUSE);
            }
            List<String> names = Topics.all().stream().map(topic -> topic.name()).toList();
            answer(admin.describeTopics(names).allTopicNames()).values().forEach(this::check);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the topics could not be looked up or created", e);
        }
    }

    private boolean createMissing(Admin admin)
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> there = answer(admin.listTopics().names());
        List<NewTopic> missing =
                Topics.toCreate(partitions, replication).stream()
                        .filter(topic -> !there.contains(topic.name()))
                        .toList();
        for (KafkaFuture<Void> created : admin.createTopics(missing).values().values()) {
            try {
                answer(created);
            } catch (ExecutionException e) {
                // Another service may have been faster.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        return !missing.isEmpty();
    }

    private void check(TopicDescription topic) {
        if (topic.partitions().size() != partitions) {
            throw new IllegalStateException(
                    "topic %s has %d partitions, but BATTLESTREAM_PARTITIONS is %d: it cannot change once battles were played"
                            .formatted(topic.name(), topic.partitions().size(), partitions));
        }
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
