package dev.battlestream.runner.battle.adapter;

import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.SerdeSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What every service of the platform is told; each has the default of application.yml.
 *
 * @param address where the runner listens; it has no keys, so only on this machine
 * @param allowRemote that the runner may listen elsewhere is meant
 * @param instance stable name of this instance, unique among the runners
 * @param stateDir folder for the state stores, kept over restarts
 * @param partitions partitions of the battle topics, where they have to be created, at least 1
 * @param replication replicas of the battle topics, where they have to be created, at least 1
 * @param log how long topics keep their records, the same for all services
 * @param registry the schema registry
 */
@ConfigurationProperties("battlestream")
record PlatformSettings(
        InetAddress address,
        boolean allowRemote,
        String instance,
        Path stateDir,
        int partitions,
        short replication,
        LogRetention log,
        Registry registry) {

    PlatformSettings {
        if (!address.isLoopbackAddress() && !allowRemote) {
            throw new IllegalArgumentException(
                    "the runner would listen on "
                            + address.getHostAddress()
                            + ", where everybody may reach it; if that is meant, set"
                            + " BATTLESTREAM_ALLOW_UNAUTHENTICATED_REMOTE=true");
        }
        require(
                instance.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}"),
                "instance must be 1 to 100 letters, digits, dots, dashes or underscores, a letter"
                        + " or digit first");
        require(partitions >= 1, "partitions must be at least 1");
        require(replication >= 1, "replication must be at least 1");
    }

    /**
     * The schema registry.
     *
     * @param url the registry's own API
     * @param autoRegister whether the runner may register its schemas
     */
    record Registry(String url, boolean autoRegister) {

        SerdeSettings serdes() {
            return SerdeSettings.apicurio(url, autoRegister);
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException("battlestream." + otherwise);
        }
    }
}
