package dev.battlestream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServersTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir Path folder;
    private final InfraHome home = InfraHome.find();
    private @Nullable ServerProcess server;

    @AfterEach
    void nothingIsLeftRunning() {
        if (server != null) {
            server.kill();
        }
    }

    @Test
    void kafkaKeepsItsRecordsThroughAKillAndStopsWhenAsked() throws Exception {
        KafkaProcess kafka = kafka();
        server = kafka;
        kafka.start();
        kafka.awaitReady(LIMIT);
        try (Admin admin = Admin.create(client(kafka))) {
            admin.createTopics(List.of(new NewTopic("turns", 1, (short) 1))).all().get();
        }
        send(kafka, "first");

        kafka.kill();
        assertThat(kafka.isAlive()).isFalse();
        kafka.start();
        kafka.awaitReady(LIMIT);
        send(kafka, "second");

        assertThat(received(kafka, 2)).containsExactly("first", "second");
        assertThat(kafka.stop(LIMIT)).as("ended by itself").isTrue();
        assertThat(Probe.accepts(kafka.port())).isFalse();
    }

    @Test
    void postgresKeepsItsRowsThroughAKillAndStopsWithClientsConnected() throws Exception {
        PostgresProcess postgres =
                new PostgresProcess(
                        home,
                        folder.resolve("postgres"),
                        FreePorts.next(),
                        List.of("battlestream", "registry"),
                        folder.resolve("postgres.log"),
                        Lifetime.ENDS_WITH_PARENT);
        server = postgres;
        postgres.start();
        postgres.awaitReady(LIMIT);
        try (Connection connection = connect(postgres, "battlestream")) {
            connection.createStatement().execute("create table t as select 42 as answer");
        }
        connect(postgres, "registry").close();

        postgres.kill();
        postgres.start();
        postgres.awaitReady(LIMIT);

        try (Connection connection = connect(postgres, "battlestream");
                ResultSet rows =
                        connection.createStatement().executeQuery("select answer from t")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(42);
            assertThat(postgres.stop(LIMIT)).as("ended by itself").isTrue();
        }
    }

    @Test
    void registryKeepsItsSchemasThroughAKill() throws Exception {
        RegistryProcess registry =
                new RegistryProcess(
                        home,
                        new RegistryProcess.Storage.Embedded(folder.resolve("registry")),
                        FreePorts.next(),
                        FreePorts.next(),
                        "192m",
                        folder.resolve("registry.log"),
                        Lifetime.ENDS_WITH_PARENT);
        server = registry;
        registry.start();
        registry.awaitReady(LIMIT);
        HttpRequest register =
                HttpRequest.newBuilder(
                                URI.create(registry.confluentUrl() + "/subjects/a-value/versions"))
                        .header("Content-Type", "application/vnd.schemaregistry.v1+json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"schema\":\"\\\"string\\\"\"}"))
                        .build();
        assertThat(call(register).statusCode()).isEqualTo(200);

        registry.kill();
        registry.start();
        registry.awaitReady(LIMIT);

        HttpRequest subjects =
                HttpRequest.newBuilder(URI.create(registry.confluentUrl() + "/subjects")).build();
        assertThat(call(subjects).body()).contains("a-value");
        assertThat(registry.stop(LIMIT)).as("ended by itself").isTrue();
    }

    @Test
    void aServerThatDiesWhileStartingIsNamedWithTheEndOfItsLog() throws IOException {
        Path broken = folder.resolve("kafka");
        Files.createDirectories(broken.resolve("data"));
        Files.writeString(broken.resolve("data/meta.properties"), "version=99\n");
        KafkaProcess kafka = kafka();
        server = kafka;
        kafka.start();

        assertThatThrownBy(() -> kafka.awaitReady(LIMIT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("kafka died while starting")
                .hasMessageContaining("meta.properties");
    }

    private KafkaProcess kafka() {
        return new KafkaProcess(
                home,
                folder.resolve("kafka"),
                FreePorts.next(),
                "256m",
                folder.resolve("kafka.log"),
                Lifetime.ENDS_WITH_PARENT);
    }

    private static Map<String, Object> client(KafkaProcess kafka) {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    private static void send(KafkaProcess kafka, String value)
            throws ExecutionException, InterruptedException, java.util.concurrent.TimeoutException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(
                        client(kafka), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("turns", value)).get(30, TimeUnit.SECONDS);
        }
    }

    private static List<String> received(KafkaProcess kafka, int count) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        client(kafka), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition("turns", 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new java.util.ArrayList<>();
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (values.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private static Connection connect(PostgresProcess postgres, String database)
            throws SQLException {
        return DriverManager.getConnection(
                postgres.jdbcUrl(database), PostgresProcess.USER, PostgresProcess.PASSWORD);
    }

    private static HttpResponse<String> call(HttpRequest request)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
