package dev.battlestream.schemas;

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
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Creates the topics of the catalogue that are missing and changes none that is there. Any number
 * of services may do so at the same time.
 */
public final class TopicCreation {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(1);

    private final Admin admin;
    private final int partitions;
    private final short replication;
    private final LogRetention retention;
    private final long deadline = System.nanoTime() + PATIENCE.toNanos();

    private TopicCreation(Admin admin, int partitions, short replication, LogRetention retention) {
        this.admin = admin;
        this.partitions = partitions;
        this.replication = replication;
        this.retention = retention;
    }

    /**
     * Returns when all topics are there, after half a minute at most.
     *
     * @param clients settings of Kafka clients, the bootstrap servers among them
     * @param partitions of each battle topic, at least 1
     * @param replication replicas of each partition that is created, at least 1
     * @param retention how long records stay on what is created
     * @throws OtherPartitionsException if a battle topic has another number of partitions, which
     *     trying again does not change
     * @throws IllegalStateException if the broker is of no use, or the thread is interrupted, which
     *     it then still is
     */
    public static void ensure(
            Map<String, Object> clients,
            int partitions,
            short replication,
            LogRetention retention) {
        Admin admin = Admin.create(clients);
        try {
            new TopicCreation(admin, partitions, replication, retention).ensure();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the topics could not be looked up or created", e);
        } finally {
            admin.close(CLOSE_LIMIT);
        }
    }

    private void ensure() throws ExecutionException, InterruptedException, TimeoutException {
        while (createMissing() || !haveTheRightPartitions()) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("created topics did not appear within " + PATIENCE);
            }
            Thread.sleep(PAUSE);
        }
    }

    private boolean createMissing()
            throws ExecutionException, InterruptedException, TimeoutException {
        Set<String> there = answer(admin.listTopics().names());
        List<NewTopic> missing =
                Topics.toCreate(partitions, replication, retention).stream()
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

    /** False while a topic that was just created is not known everywhere. */
    private boolean haveTheRightPartitions()
            throws ExecutionException, InterruptedException, TimeoutException {
        List<String> names = Topics.all().stream().map(Topic::name).toList();
        Map<String, TopicDescription> topics;
        try {
            topics = answer(admin.describeTopics(names).allTopicNames());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
        for (TopicDescription topic : topics.values()) {
            int found = topic.partitions().size();
            if (found != partitions) {
                throw new OtherPartitionsException(topic.name(), found, partitions);
            }
        }
        return true;
    }

    private <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
