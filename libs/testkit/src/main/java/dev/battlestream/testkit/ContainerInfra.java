package dev.battlestream.testkit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The same servers as containers; Testcontainers removes them when the JVM ends, however it does.
 */
final class ContainerInfra implements Infra {

    private static final DockerImageName KAFKA = DockerImageName.parse("apache/kafka:4.2.1");
    private static final DockerImageName POSTGRES = DockerImageName.parse("postgres:18-alpine");
    private static final DockerImageName REGISTRY =
            DockerImageName.parse("apicurio/apicurio-registry:3.3.3");
    private static final int REGISTRY_PORT = 8080;

    private @Nullable KafkaContainer kafka;
    private @Nullable PostgreSQLContainer postgres;
    private @Nullable GenericContainer<?> registry;

    @Override
    public synchronized String bootstrapServers() {
        if (kafka == null) {
            KafkaContainer container =
                    new KafkaContainer(KAFKA)
                            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
                            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0")
                            .withEnv("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000")
                            .withEnv(
                                    "KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS",
                                    "1000");
            container.start();
            kafka = container;
        }
        return kafka.getBootstrapServers();
    }

    @Override
    public String registryUrl() {
        return registryAddress() + "/apis/registry/v3";
    }

    @Override
    public String confluentRegistryUrl() {
        return registryAddress() + "/apis/ccompat/v7";
    }

    private synchronized String registryAddress() {
        if (registry == null) {
            GenericContainer<?> container =
                    new GenericContainer<>(REGISTRY)
                            .withExposedPorts(REGISTRY_PORT)
                            .waitingFor(
                                    Wait.forHttp("/apis/registry/v3/system/info")
                                            .forPort(REGISTRY_PORT)
                                            .withStartupTimeout(Duration.ofMinutes(2)));
            container.start();
            registry = container;
        }
        return "http://" + registry.getHost() + ":" + registry.getMappedPort(REGISTRY_PORT);
    }

    private synchronized PostgreSQLContainer postgres() {
        if (postgres == null) {
            PostgreSQLContainer container =
                    new PostgreSQLContainer(POSTGRES)
                            .withDatabaseName("battlestream")
                            .withUsername(PostgresProcess.USER)
                            .withPassword(PostgresProcess.PASSWORD);
            container.start();
            postgres = container;
        }
        return postgres;
    }

    @Override
    public String jdbcUrl() {
        return postgres().getJdbcUrl();
    }

    @Override
    public String jdbcUrl(String database) {
        PostgreSQLContainer container = postgres();
        return "jdbc:postgresql://%s:%d/%s"
                .formatted(
                        container.getHost(),
                        container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
                        database);
    }

    @Override
    public String jdbcUser() {
        return PostgresProcess.USER;
    }

    @Override
    public String jdbcPassword() {
        return PostgresProcess.PASSWORD;
    }
}
