package dev.battlestream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A Kafka broker and controller in one process (KRaft), formatted once, loopback only.
 *
 * <p>Made for one machine: every replication factor is 1, topics are created explicitly, consumer
 * groups start without delay, and a session may be as short as a second. An open transaction of a
 * dead producer is aborted within a second of its time-out, where Kafka's default looks every ten.
 */
public final class KafkaProcess extends ServerProcess {

    private static final Duration FORMAT_LIMIT = Duration.ofSeconds(60);

    private final InfraHome home;
    private final Path folder;
    private final String heap;
    private final Lifetime lifetime;

    /**
     * Describes a broker; nothing is started yet.
     *
     * @param folder holds the broker's data and configuration
     * @param port of the client listener
     * @param heap the JVM's maximum, such as {@code 384m}
     */
    public KafkaProcess(
            InfraHome home, Path folder, int port, String heap, Path log, Lifetime lifetime) {
        super("kafka", port, log);
        this.home = home;
        this.folder = folder.toAbsolutePath();
        this.heap = heap;
        this.lifetime = lifetime;
    }

    /** What a client is configured with. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port();
    }

    @Override
    ForkedProcess fork() {
        Path properties = folder.resolve("server.properties");
        try {
            Files.createDirectories(folder);
            Files.writeString(properties, configuration());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + properties, e);
        }
        if (!Files.exists(folder.resolve("data/meta.properties"))) {
            format(properties);
        }
        JavaProcess java =
                java("kafka.Kafka", lifetime)
                        .jvm("-Xms64m", "-Xmx" + heap, "-XX:+UseSerialGC")
                        .args(properties.toString());
        if (lifetime == Lifetime.ENDS_WITH_PARENT) {
            // A broker of minutes ends before C2 has paid for itself.
            java.jvm("-XX:TieredStopAtLevel=1");
        }
        return java.start();
    }

    private void format(Path properties) {
        ForkedProcess format =
                java("kafka.tools.StorageTool", Lifetime.ENDS_WITH_PARENT)
                        .jvm("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                        .args("format", "-t", clusterId(), "-c", properties.toString())
                        .start();
        if (!format.awaitExit(FORMAT_LIMIT) || format.exitValue().orElse(-1) != 0) {
            format.kill();
            throw new IllegalStateException(
                    "Kafka's storage cannot be formatted:\n"
                            + String.join("\n", format.logTail(20)));
        }
    }

    private JavaProcess java(String mainClass, Lifetime itsLifetime) {
        return JavaProcess.main(mainClass)
                .classPath(home.kafkaLib() + "/*")
                .jvm("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn")
                .jvm("-Dorg.slf4j.simpleLogger.showDateTime=true")
                .jvm("-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSS")
                .jvm("--enable-native-access=ALL-UNNAMED")
                .workingDirectory(folder)
                .log(log())
                .lifetime(itsLifetime);
    }

    private static String clusterId() {
        UUID random = UUID.randomUUID();
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * 2);
        bytes.putLong(random.getMostSignificantBits() & Long.MAX_VALUE);
        bytes.putLong(random.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    private String configuration() {
        // The controller's port is of no interest to anyone else, so each start takes a free one.
        int controllerPort = FreePorts.next();
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controllerPort,
                "controller.listener.names=CONTROLLER",
                "listeners=PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                        .formatted(port(), controllerPort),
                "advertised.listeners=PLAINTEXT://127.0.0.1:" + port(),
                "log.dirs=" + folder.resolve("data"),
                "auto.create.topics.enable=false",
                "default.replication.factor=1",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=8",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.state.log.num.partitions=8",
                "transaction.abort.timed.out.transaction.cleanup.interval.ms=1000",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "share.coordinator.state.topic.num.partitions=4",
                "group.initial.rebalance.delay.ms=0",
                "group.min.session.timeout.ms=1000",
                "num.io.threads=4",
                "num.network.threads=2",
                "log.cleaner.dedupe.buffer.size=33554432",
                "log.index.size.max.bytes=2097152",
                "controlled.shutdown.enable=true",
                "");
    }

    /** Whether the broker serves clients; asked of the network, so whoever started it. */
    @Override
    public boolean answers() {
        if (!Probe.accepts(port())) {
            return false;
        }
        try (Admin admin =
                Admin.create(
                        Map.of(
                                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                                bootstrapServers(),
                                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                2_000,
                                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                                4_000))) {
            List<?> nodes = List.copyOf(admin.describeCluster().nodes().get(5, TimeUnit.SECONDS));
            return !nodes.isEmpty();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
