package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.testkit.ForkedProcess;
import dev.battlestream.testkit.FreePorts;
import dev.battlestream.testkit.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One instance of a service: its jar as a process of its own on a fixed port, which may be killed
 * and started again; its folder stays.
 */
final class ServiceProcess {

    private static final Duration READY_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofMinutes(1);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final String instance;
    private final Path jar;
    private final Path folder;
    private final Path log;
    private final Map<String, String> environment;
    private final int port = FreePorts.next();
    private Optional<ForkedProcess> process = Optional.empty();

    /**
     * Describes an instance; nothing is started yet.
     *
     * @param folder for its state stores and its call log
     * @param logs the folder for what it prints
     */
    ServiceProcess(
            ServiceKind kind,
            int number,
            Path root,
            Path folder,
            Path logs,
            Map<String, String> environment) {
        this.instance = kind.label() + "-" + number;
        this.jar = kind.jar(root);
        this.folder = folder.resolve(instance);
        this.log = logs.resolve(instance + ".log");
        this.environment = environment;
    }

    /**
     * Starts the process and returns at once.
     *
     * @throws IllegalStateException if it runs already or its jar has not been built
     */
    ServiceProcess start() {
        if (process.filter(ForkedProcess::isAlive).isPresent()) {
            throw new IllegalStateException(instance + " runs already");
        }
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: build it with mvn package");
        }
        JavaProcess java =
                JavaProcess.jar(jar)
                        .jvm("-Xms32m", "-Xmx192m", "-XX:+UseSerialGC")
                        .jvm("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED")
                        .env("SERVER_PORT", Integer.toString(port))
                        .env("BATTLESTREAM_INSTANCE", instance)
                        .env("BATTLESTREAM_STATE_DIR", state().toString())
                        .env("BATTLESTREAM_LLM_SCRIPTED_CALL_LOG", callLog().toString())
                        .workingDirectory(folder)
                        .log(log);
        environment.forEach(java::env);
        process = Optional.of(java.start());
        return this;
    }

    /** Waits until the service says that it is ready. */
    ServiceProcess awaitReady() {
        await(instance)
                .atMost(READY_LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .failFast(() -> assertThat(isAlive()).as("alive; its log: %s", logTail()).isTrue())
                .until(this::isReady);
        return this;
    }

    boolean isAlive() {
        return process.filter(ForkedProcess::isAlive).isPresent();
    }

    boolean isReady() {
        HttpRequest question =
                HttpRequest.newBuilder(URI.create(url() + "/actuator/health/readiness"))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        try {
            return HTTP.send(question, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + instance, e);
        }
    }

    /** Sends SIGKILL and waits until the process is gone. */
    void kill() {
        process.ifPresent(ForkedProcess::kill);
    }

    /** Sends SIGTERM and waits until the process has ended by itself. */
    void stop() {
        process.ifPresent(running -> {
            running.terminate();
            assertThat(running.awaitExit(STOP_LIMIT)).as("%s ends", instance).isTrue();
        });
    }

    /** Where the service answers, without a trailing slash. */
    String url() {
        return "http://127.0.0.1:" + port;
    }

    /** The folder of its state stores. */
    Path state() {
        return folder.resolve("state");
    }

    /** Where the scripted models of this instance write down each call, one line as it starts. */
    Path callLog() {
        return folder.resolve("calls.log");
    }

    /** How many calls the scripted models of this instance have counted. */
    long calls() {
        if (!Files.exists(callLog())) {
            return 0;
        }
        try (var lines = Files.lines(callLog())) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that the instance has printed so far. */
    List<String> logLines() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<String> logTail() {
        return ForkedProcess.tail(log, 30);
    }
}
