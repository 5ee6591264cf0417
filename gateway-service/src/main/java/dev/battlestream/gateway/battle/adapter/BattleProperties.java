package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.Caps;
import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.SerdeSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of starting battles.
 *
 * @param caps what a request may ask for at most
 * @param registry where schemas are registered
 * @param topics how topics are made that do not exist yet
 * @param publishTimeout longest wait for the registry, and again for the broker
 */
@ConfigurationProperties("battlestream")
record BattleProperties(Caps caps, Registry registry, NewTopics topics, Duration publishTimeout) {

    BattleProperties {
        if (publishTimeout.compareTo(Duration.ofMillis(100)) < 0) {
            throw new IllegalArgumentException(
                    "battlestream.publish-timeout must be at least 100 ms");
        }
    }

    /**
     * The schema registry.
     *
     * @param url its own API
     * @param autoRegister whether schemas may be registered by writing; in local mode and tests
     *     only
     */
    record Registry(String url, boolean autoRegister) {

        SerdeSettings serdes() {
            return SerdeSettings.apicurio(url, autoRegister);
        }
    }

    /**
     * How topics are made.
     *
     * @param partitions of each battle topic
     * @param replication replicas of each partition
     * @param log how long they keep their records, the same for all services
     */
    record NewTopics(int partitions, short replication, LogRetention log) {

        NewTopics {
            if (partitions < 1 || replication < 1) {
                throw new IllegalArgumentException(
                        "battlestream.topics: partitions and replication must be at least 1");
            }
        }
    }
}
