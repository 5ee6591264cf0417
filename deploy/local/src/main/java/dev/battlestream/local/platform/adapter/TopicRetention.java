package dev.battlestream.local.platform.adapter;

import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Makes the topics that are there keep their records as long as the setting says. */
final class TopicRetention {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What follows from the setting; a topic has no more than these of its own for it. */
    private static final List<String> CONFIGS =
            List.of(TopicConfig.RETENTION_MS_CONFIG, TopicConfig.SEGMENT_MS_CONFIG);

    private TopicRetention() {}

    /**
     * Changes the topics that differ, and no others.
     *
     * @return one sentence for each that was changed
     * @throws PlatformException if the broker does not do its part
     */
    static List<String> apply(Map<String, Object> clients, LogRetention retention) {
        try (Admin admin = Admin.create(clients)) {
            return apply(admin, retention);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformException("Interrupted while topics were looked at", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new PlatformException(
                    "How long topics keep records cannot be read or set: " + e, e);
        }
    }

    private static List<String> apply(Admin admin, LogRetention retention)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<ConfigResource, NewTopic> wanted = new HashMap<>();
        short replication = 1;
        for (NewTopic topic : Topics.toCreate(1, replication, retention)) {
            wanted.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), topic);
        }
        Map<ConfigResource, Config> there = answer(admin.describeConfigs(wanted.keySet()).all());
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        List<String> told = new ArrayList<>();
        for (Map.Entry<ConfigResource, NewTopic> each : wanted.entrySet()) {
            Map<String, String> configs = each.getValue().configs();
            List<AlterConfigOp> ops =
                    changes(configs, Objects.requireNonNull(there.get(each.getKey())));
            if (!ops.isEmpty()) {
                changes.put(each.getKey(), ops);
                told.add(
                        "%s keeps its records for %s now"
                                .formatted(each.getKey().name(), text(configs)));
            }
        }
        if (!changes.isEmpty()) {
            answer(admin.incrementalAlterConfigs(changes).all());
        }
        return told.stream().sorted().toList();
    }

    private static List<AlterConfigOp> changes(Map<String, String> wanted, Config there) {
        List<AlterConfigOp> ops = new ArrayList<>();
        for (String name : CONFIGS) {
            String value = wanted.get(name);
            ConfigEntry entry = there.get(name);
            boolean own =
                    entry != null
                            && entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG;
            if (value == null && own) {
                ops.add(new AlterConfigOp(new ConfigEntry(name, ""), AlterConfigOp.OpType.DELETE));
            } else if (value != null && !(own && value.equals(entry.value()))) {
                ops.add(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
            }
        }
        return ops;
    }

    private static String text(Map<String, String> configs) {
        Duration kept =
                Duration.ofMillis(
                        Long.parseLong(
                                Objects.requireNonNull(
                                        configs.get(TopicConfig.RETENTION_MS_CONFIG))));
        return kept.toDays() > 1 && kept.equals(Duration.ofDays(kept.toDays()))
                ? kept.toDays() + " days"
                : kept.toMinutes() + " min";
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
