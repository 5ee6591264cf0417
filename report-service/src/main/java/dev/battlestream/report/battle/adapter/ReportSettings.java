package dev.battlestream.report.battle.adapter;

import dev.battlestream.schemas.LogRetention;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.streams.state.HostInfo;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of the report service.
 *
 * @param address where the service listens; it has no keys, so only on this machine
 * @param allowRemote that the service may listen elsewhere is meant
 * @param instance stable over restarts and unique among instances: a restarted instance gets its
 *     partitions back without a rebalance
 * @param stateDir holds a folder for each instance, which must be kept over restarts
 * @param advertised host:port under which other instances reach this one
 * @param partitions of each battle topic, when it is created here
 * @param replication replicas of each topic, when it is created here
 * @param log how long topics keep their records, the same for all services
 * @param threads stream threads, at least 1
 * @param retention how long a battle stays in the views after its newest record, at least a minute
 * @param sweepEvery time between two looks for old battles
 * @param sweepBatch at most this many battles are looked at then, in each partition
 * @param followers limits of the streams of events
 * @param registry where schemas are found
 */
@ConfigurationProperties("battlestream.report")
public record ReportSettings(
        InetAddress address,
        boolean allowRemote,
        String instance,
        Path stateDir,
        String advertised,
        int partitions,
        short replication,
        LogRetention log,
        int threads,
        Duration retention,
        Duration sweepEvery,
        int sweepBatch,
        Followers followers,
        Registry registry) {

    /**
     * Limits of the streams of events.
     *
     * @param most at most this many at a time on this instance, forwarded ones counted apart
     * @param heartbeat silence after which a comment is sent
     * @param appearWithin how long a stream waits for a battle that is not known yet
     */
    public record Followers(int most, Duration heartbeat, Duration appearWithin) {

        public Followers {
            positive(most, "followers.most");
            positive(heartbeat, "followers.heartbeat");
            if (appearWithin.isNegative()) {
                throw new IllegalArgumentException("followers.appear-within is not negative");
            }
        }
    }

    /**
     * The schema registry.
     *
     * @param url its own API, for example http://127.0.0.1:8081/apis/registry/v3
     * @param autoRegister whether schemas may be registered by writing; local mode and tests only
     */
    public record Registry(String url, boolean autoRegister) {}

    public ReportSettings {
        if (!address.isLoopbackAddress() && !allowRemote) {
            throw new IllegalArgumentException(
                    "the service would listen on "
                            + address.getHostAddress()
                            + ", where everybody may read all battles; if that is meant, set"
                            + " BATTLESTREAM_ALLOW_UNAUTHENTICATED_REMOTE=true");
        }
        if (!instance.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw new IllegalArgumentException(
                    "instance is 1 to 100 letters, digits, dots, dashes or underscores, a letter or"
                            + " digit first: "
                            + instance);
        }
        HostInfo host = HostInfo.buildFromEndpoint(advertised);
        if (host == null || host.port() < 1) {
            throw new IllegalArgumentException("advertised is a host:port: " + advertised);
        }
        positive(partitions, "partitions");
        positive(replication, "replication");
        positive(threads, "threads");
        positive(sweepBatch, "sweep-batch");
        positive(sweepEvery, "sweep-every");
    }

    Retention.Terms retentionTerms() {
        Duration markers = log.deletions().compareTo(retention) > 0 ? log.deletions() : retention;
        return new Retention.Terms(retention, markers, sweepEvery, sweepBatch);
    }

    private static void positive(int value, String name) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is at least 1: " + value);
        }
    }

    private static void positive(Duration value, String name) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(name + " is positive: " + value);
        }
    }
}
