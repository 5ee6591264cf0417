package dev.battlestream.judge.judging.adapter;

import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
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
 * Creates the topics that are missing and changes none that exists: more partitions would lead the
 * records of a running battle to another partition than its state.
 */
final class BattleTopics {

    private static final long TIME_LIMIT_SECONDS = 60;

    private BattleTopics() {}

    /**
     * @throws IllegalStateException if there is no broker, or if a battle topic has another number
     *     of partitions than is set
     */
    static void ensure(Map<String, Object> clients, int partitions, short replication) {
        try (Admin admin = Admin.create(clients)) {
            Set<String> existing = get(admin.listTopics().names());
            List<NewTopic> missing =
                    Topics.toCreate(partitions, replication).stream()
                            .filter(topic -> !existing.contains(topic.name()))
                            .toList();
            for (KafkaFuture<Void> creation : admin.createTopics(missing).values().values()) {
                created(creation);
            }
            List<String> ours =
                    Topics.all().stream().map(Topic::name).filter(existing::contains).toList();
            get(admin.describeTopics(ours).allTopicNames())
                    .values()
                    .forEach(topic -> check(topic, partitions));
        }
    }

    private static void created(KafkaFuture<Void> creation) {
        try {
            get(creation);
        } catch (IllegalStateException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
            // Another service that starts at the same time was faster.
        }
    }

    private static void check(TopicDescription topic, int partitions) {
        int found = topic.partitions().size();
        if (found != partitions) {
            throw new IllegalStateException(
                    ("battlestream.partitions is %d, but the topic %s has %d partitions. Set"
                                    + " BATTLESTREAM_PARTITIONS=%d: a platform keeps the number of"
                                    + " partitions that it was created with.")
                            .formatted(partitions, topic.name(), found, found));
        }
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(TIME_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The topics cannot be prepared", e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("The topics cannot be prepared", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The topics cannot be prepared", e);
        }
    }
}
