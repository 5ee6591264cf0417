package dev.battlestream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL, its data folder made once, loopback only, locale C.
 *
 * <p>Runs as root too, through a user namespace. The user may do everything and its password is no
 * secret: nothing but the loopback interface reaches the server.
 */
public final class PostgresProcess extends ServerProcess {

    /** Owner of every database. */
    public static final String USER = "battlestream";

    /** The password of {@link #USER}. */
    public static final String PASSWORD = "battlestream";

    private static final Duration INIT_LIMIT = Duration.ofSeconds(60);

    private final InfraHome home;
    private final Path folder;
    private final List<String> databases;
    private final Lifetime lifetime;

    /**
     * Describes a server; nothing is started yet.
     *
     * @param folder holds the data
     * @param databases to create with a new data folder
     */
    public PostgresProcess(
            InfraHome home,
            Path folder,
            int port,
            List<String> databases,
            Path log,
            Lifetime lifetime) {
        super("postgres", port, log);
        this.home = home;
        this.folder = folder.toAbsolutePath();
        this.databases = List.copyOf(databases);
        this.lifetime = lifetime;
    }

    /** The JDBC address of a database of this server. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    private Path data() {
        return folder.resolve("data");
    }

    @Override
    ForkedProcess fork() {
        Path bin = PostgresBinaries.expanded(home).resolve("bin");
        initialize(bin);
        return run(
                lifetime,
                List.of(
                        bin.resolve("postgres").toString(),
                        "-D",
                        data().toString(),
                        "-p",
                        Integer.toString(port()),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "shared_buffers=32MB",
                        "-c",
                        "max_connections=100",
                        "-c",
                        "io_method=sync",
                        "-c",
                        "max_parallel_workers=0"));
    }

    /** Makes the data folder aside and moves it into place, so that a kill leaves none or all. */
    private void initialize(Path bin) {
        if (Files.exists(data())) {
            return;
        }
        Path making = folder.resolve("making");
        try {
            Folders.delete(making);
            Files.createDirectories(folder);
            Path password = Files.writeString(folder.resolve("password"), PASSWORD);
            finish(
                    List.of(
                            bin.resolve("initdb").toString(),
                            "-D",
                            making.toString(),
                            "-U",
                            USER,
                            "--auth=scram-sha-256",
                            "--pwfile=" + password,
                            "--locale=C",
                            "--encoding=UTF8",
                            "--no-sync",
                            "--no-instructions"));
            Files.delete(password);
            for (String database : databases) {
                createDatabase(bin, making, database);
            }
            Files.move(making, data());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot prepare " + folder, e);
        }
    }

    /** Single-user mode reads SQL from standard input, so no server and no client is needed. */
    private void createDatabase(Path bin, Path making, String database) throws IOException {
        Path sql =
                Files.writeString(
                        folder.resolve("create.sql"), "CREATE DATABASE \"" + database + "\";\n");
        List<String> command = new ArrayList<>(Tools.steppingDown());
        command.addAll(
                List.of(
                        bin.resolve("postgres").toString(),
                        "--single",
                        "-D",
                        making.toString(),
                        "postgres"));
        Process process =
                new ProcessBuilder(command)
                        .redirectInput(sql.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                        .start();
        int exit = process.onExit().join().exitValue();
        Files.delete(sql);
        if (exit != 0) {
            throw new IOException("database " + database + " cannot be created, exit code " + exit);
        }
    }

    private void finish(List<String> command) {
        ForkedProcess process = run(Lifetime.ENDS_WITH_PARENT, command);
        if (!process.awaitExit(INIT_LIMIT) || process.exitValue().orElse(-1) != 0) {
            process.kill();
            throw new IllegalStateException(
                    command.getFirst() + " failed:\n" + String.join("\n", process.logTail(20)));
        }
    }

    private ForkedProcess run(Lifetime itsLifetime, List<String> command) {
        List<String> whole = new ArrayList<>(Tools.steppingDown());
        whole.addAll(command);
        return ForkedProcess.start(
                whole, Map.of("LC_ALL", "C", "TZ", "UTC"), folder, log(), itsLifetime);
    }

    @Override
    void askToStop(ForkedProcess running) {
        stopFast();
    }

    /**
     * Asks a server on this folder to disconnect its clients and stop, whoever started it; the
     * plain SIGTERM would wait until the last client has gone by itself.
     */
    public void stopFast() {
        Path bin = PostgresBinaries.expanded(home).resolve("bin");
        run(
                        Lifetime.ENDS_WITH_PARENT,
                        List.of(
                                bin.resolve("pg_ctl").toString(),
                                "stop",
                                "-W",
                                "-s",
                                "-m",
                                "fast",
                                "-D",
                                data().toString()))
                .awaitExit(Duration.ofSeconds(10));
    }

    @Override
    boolean answers() {
        return answers(Optional.of(process().pid()));
    }

    /**
     * Whether the server with that process id, whoever started it, serves clients on this folder:
     * the eighth line of its own status file says "ready".
     */
    public boolean answers(Optional<Long> pid) {
        try {
            List<String> status = Files.readAllLines(data().resolve("postmaster.pid"));
            return pid.isPresent()
                    && status.size() >= 8
                    && status.get(7).strip().equals("ready")
                    && status.get(0).strip().equals(pid.get().toString());
        } catch (IOException e) {
            return false;
        }
    }
}
