package dev.battlestream.local.platform.adapter;

import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.TopicCreation;
import dev.battlestream.schemas.Topics;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Creates the topics of the catalogue before any service looks for them, and makes those that are
 * there follow the setting of how long they keep records.
 */
final class TopicSetup {

    /** The environment variable with the number of partitions, which the services read as well. */
    static final String PARTITIONS = "BATTLESTREAM_PARTITIONS";

    private TopicSetup() {}

    /**
     * Creates what is missing; of a topic that exists nothing is changed but how long it keeps its
     * records, and that is told.
     *
     * @throws PlatformException if the environment names no usable number of partitions or time, or
     *     another number of partitions than the topics have
     */
    static void ensure(
            String bootstrapServers, Map<String, String> environment, Progress progress) {
        int partitions = partitions(environment.getOrDefault(PARTITIONS, "").strip());
        LogRetention retention = RetentionSetting.of(environment);
        Map<String, Object> clients =
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        try {
            TopicCreation.ensure(clients, partitions, (short) 1, retention);
        } catch (IllegalStateException e) {
            throw new PlatformException("No topics: " + e.getMessage(), e);
        }
        TopicRetention.apply(clients, retention).forEach(progress::note);
    }

    static int partitions(String setting) {
        if (setting.isEmpty()) {
            return Topics.DEFAULT_PARTITIONS;
        }
        String rule = PARTITIONS + " is " + setting + ", but must be a number from 1 to 1000";
        try {
            int partitions = Integer.parseInt(setting);
            if (partitions < 1 || partitions > 1000) {
                throw new PlatformException(rule);
            }
            return partitions;
        } catch (NumberFormatException e) {
            throw new PlatformException(rule, e);
        }
    }
}
