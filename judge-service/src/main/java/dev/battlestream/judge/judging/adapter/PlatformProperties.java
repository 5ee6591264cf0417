package dev.battlestream.judge.judging.adapter;

import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.SerdeSettings;
import java.net.InetAddress;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What every service of the platform is told.
 *
 * @param registry where schemas are kept
 * @param stateDir the folder of this instance's state stores, kept over restarts
 * @param instance stable over restarts and unique among the instances of this service
 * @param partitions of each topic that is created, 1 to 1,000
 * @param replication replicas of each partition that is created, 1 to 9
 * @param log how long topics keep their records, the same for all services
 * @param address where the service listens; it asks nobody for a key, so only on this machine
 * @param allowRemote that the service may listen elsewhere is meant
 */
@ConfigurationProperties("battlestream")
record PlatformProperties(
        @DefaultValue Registry registry,
        Path stateDir,
        String instance,
        @DefaultValue("12") int partitions,
        @DefaultValue("1") short replication,
        LogRetention log,
        @DefaultValue("127.0.0.1") InetAddress address,
        @DefaultValue("false") boolean allowRemote) {

    PlatformProperties {
        require(!stateDir.toString().isBlank(), "state-dir must name a folder");
        require(
                instance.matches("[A-Za-z0-9._-]{1,60}"),
                "instance must be 1 to 60 letters, digits, '.', '_' or '-'");
        require(partitions >= 1 && partitions <= 1_000, "partitions must be 1 to 1000");
        if (!address.isLoopbackAddress() && !allowRemote) {
            throw new IllegalArgumentException(
                    "the service would listen on "
                            + address.getHostAddress()
                            + ", where everybody may read its metrics; if that is meant, set"
                            + " BATTLESTREAM_ALLOW_UNAUTHENTICATED_REMOTE=true");
        }
        require(replication >= 1 && replication <= 9, "replication must be 1 to 9");
    }

    /**
     * Where schemas are kept.
     *
     * @param url the registry's own API
     * @param autoRegister whether this service may register the schemas it writes
     */
    record Registry(
            @DefaultValue("http://127.0.0.1:8081/apis/registry/v3") String url,
            @DefaultValue("true") boolean autoRegister) {

        SerdeSettings serdes() {
            return SerdeSettings.apicurio(url, autoRegister);
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException("battlestream." + rule);
        }
    }
}
