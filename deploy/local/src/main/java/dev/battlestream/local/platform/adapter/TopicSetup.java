package dev.battlestream.local.platform.adapter;

import dev.battlestream.schemas.TopicCreation;
import dev.battlestream.schemas.Topics;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** Creates the topics of the catalogue before any service looks for them. */
final class TopicSetup {

    /** The environment variable with the number of partitions, which the services read as well. */
    static final String PARTITIONS = "BATTLESTREAM_PARTITIONS";

    private TopicSetup() {}

    /**
     * Creates what is missing; a topic that exists is left as it is.
     *
     * @throws PlatformException if the environment names no usable number of partitions, or another
     *     one than the topics have
     */
    static void ensure(String bootstrapServers, Map<String, String> environment) {
        int partitions = partitions(environment.getOrDefault(PARTITIONS, "").strip());
        try {
            TopicCreation.ensure(
                    Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers),
                    partitions,
                    (short) 1);
        } catch (IllegalStateException e) {
            throw new PlatformException("No topics: " + e.getMessage(), e);
        }
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
