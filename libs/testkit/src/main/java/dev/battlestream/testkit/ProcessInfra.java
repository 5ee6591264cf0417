package dev.battlestream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Forked servers on free ports.
 *
 * <p>When the JVM exits its shutdown hook kills them and deletes their data. When it is killed
 * instead, the Java servers halt by themselves ({@link Leash}), and the next run ends PostgreSQL
 * and deletes the data, by the {@link RunRecord} that this one left.
 */
final class ProcessInfra implements Infra {

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);
    private static final String DATABASE = "battlestream";

    private final InfraHome home;
    private final Path folder;
    private final Path logs;
    private final List<ServerProcess> started = new ArrayList<>();
    private @Nullable KafkaProcess kafka;
    private @Nullable PostgresProcess postgres;
    private @Nullable RegistryProcess registry;

    ProcessInfra(InfraHome home) {
        this.home = home;
        RunRecord.reap(home.runs());
        Path target = buildFolder();
        long pid = ProcessHandle.current().pid();
        this.logs = target.resolve("infra-logs");
        this.folder = target.resolve("infra-" + pid);
        try {
            // A process id comes round again; what an earlier run of that id left is not ours.
            Folders.delete(folder);
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("No room for test servers", e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "infra-end"));
    }

    private static Path buildFolder() {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        return temporary.endsWith("target") ? temporary : Path.of("target").toAbsolutePath();
    }

    @Override
    public synchronized String bootstrapServers() {
        if (kafka == null) {
            kafka =
                    started(() ->
                            new KafkaProcess(
                                    home,
                                    folder.resolve("kafka"),
                                    FreePorts.next(),
                                    "384m",
                                    log("kafka"),
                                    Lifetime.ENDS_WITH_PARENT));
        }
        return kafka.bootstrapServers();
    }

    @Override
    public String registryUrl() {
        return registry().url();
    }

    @Override
    public String confluentRegistryUrl() {
        return registry().confluentUrl();
    }

    private synchronized RegistryProcess registry() {
        if (registry == null) {
            registry =
                    started(() ->
                            new RegistryProcess(
                                    home,
                                    new RegistryProcess.Storage.Embedded(
                                            folder.resolve("registry")),
                                    FreePorts.next(),
                                    FreePorts.next(),
                                    "192m",
                                    log("registry"),
                                    Lifetime.ENDS_WITH_PARENT));
        }
        return registry;
    }

    private synchronized PostgresProcess postgres() {
        if (postgres == null) {
            postgres =
                    started(() ->
                            new PostgresProcess(
                                    home,
                                    folder.resolve("postgres"),
                                    FreePorts.next(),
                                    List.of(DATABASE),
                                    log("postgres"),
                                    Lifetime.ENDS_WITH_PARENT));
        }
        return postgres;
    }

    @Override
    public String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    @Override
    public String jdbcUrl(String database) {
        return postgres().jdbcUrl(database);
    }

    @Override
    public String jdbcUser() {
        return PostgresProcess.USER;
    }

    @Override
    public String jdbcPassword() {
        return PostgresProcess.PASSWORD;
    }

    private Path log(String name) {
        return logs.resolve(name + "-" + ProcessHandle.current().pid() + ".log");
    }

    private <S extends ServerProcess> S started(Supplier<S> description) {
        S server = description.get();
        server.start();
        started.add(server);
        RunRecord.write(home.runs(), server.process().handle(), folder);
        server.awaitReady(READY_LIMIT);
        return server;
    }

    private void end() {
        for (ServerProcess server : started) {
            server.kill();
            RunRecord.remove(home.runs(), server.process().pid());
        }
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            System.err.println("Test servers left data behind: " + e);
        }
    }
}
