package dev.battlestream.local.platform.adapter;

import dev.battlestream.schemas.Topics;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of the catalogue before any service looks for them. */
final class TopicSetup {

    private TopicSetup() {}

    /** Creates what is missing; a topic that exists is left as it is. */
    static void ensure(String bootstrapServers) {
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            var created = admin.createTopics(Topics.toCreate(Topics.DEFAULT_PARTITIONS, (short) 1));
            for (KafkaFuture<Void> topic : created.values().values()) {
                awaitCreated(topic);
            }
        }
    }

    private static void awaitCreated(KafkaFuture<Void> topic) {
        try {
            topic.get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new PlatformException("A topic cannot be created: " + e.getCause(), e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while creating topics", e);
        }
    }
}
