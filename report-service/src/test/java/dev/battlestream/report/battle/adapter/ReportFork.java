package dev.battlestream.report.battle.adapter;

import static org.awaitility.Awaitility.await;

import dev.battlestream.report.ReportApplication;
import dev.battlestream.testkit.ForkedProcess;
import dev.battlestream.testkit.FreePorts;
import dev.battlestream.testkit.Infra;
import dev.battlestream.testkit.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The report service in a JVM of its own, against the shared broker and registry. */
public final class ReportFork implements AutoCloseable {

    static final int PARTITIONS = 3;

    static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final int port;
    private final ForkedProcess process;

    private ReportFork(int port, ForkedProcess process) {
        this.port = port;
        this.process = process;
    }

    /** Starts an instance and waits until it can be read. */
    public static ReportFork start(String instance, Path stateDir, String... settings) {
        ReportFork fork = launch(instance, FreePorts.next(), stateDir, settings);
        fork.awaitReady();
        return fork;
    }

    /** Where an instance logs. */
    public static Path log(String instance) {
        return Path.of("target", "report-forks", instance + ".log");
    }

    /** Starts an instance and returns at once. */
    public static ReportFork launch(String instance, int port, Path stateDir, String... settings) {
        Infra infra = Infra.shared();
        List<String> arguments = new ArrayList<>();
        arguments.add("--server.port=" + port);
        arguments.add("--spring.kafka.bootstrap-servers=" + infra.bootstrapServers());
        arguments.add("--battlestream.report.instance=" + instance);
        arguments.add("--battlestream.report.state-dir=" + stateDir);
        arguments.addAll(List.of(settings));
        // An instance that is killed leaves what it had there.
        Path temporary = stateDir.resolve("temporary").toAbsolutePath();
        try {
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ReportFork(
                port,
                JavaProcess.main(ReportApplication.class)
                        .classPath(asShipped())
                        .jvm("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
                        .jvm("--enable-native-access=ALL-UNNAMED")
                        .jvm("-Djava.io.tmpdir=" + temporary)
                        .env("BATTLESTREAM_REGISTRY_URL", infra.registryUrl())
                        .env("BATTLESTREAM_PARTITIONS", Integer.toString(PARTITIONS))
                        .args(arguments.toArray(String[]::new))
                        .log(log(instance))
                        .start());
    }

    /** Without the classes of the tests, and so with the logging that is shipped. */
    private static String asShipped() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.endsWith("test-classes"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    public void awaitReady() {
        await().atMost(READY_WITHIN)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                .until(() -> get("/actuator/health/readiness").statusCode() == 200);
    }

    int port() {
        return port;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body of a successful answer; fails with the answer otherwise. */
    public JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    public static JsonNode parse(String json) {
        return JSON.readTree(json);
    }

    /** The value of a metric, summed over its tags unless the name has some. */
    public double metric(String name) {
        return get("/actuator/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Ends it without a chance to tidy up. */
    public void kill() {
        process.kill();
        await().until(() -> !process.isAlive());
    }

    /** Ends it gracefully; answers how long that took. */
    public Duration stop() {
        long start = System.nanoTime();
        process.terminate();
        await().atMost(Duration.ofSeconds(40)).until(() -> !process.isAlive());
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
    }
}
