package dev.battlestream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * A child process that writes to a log file: its handle, the end of its log, and ways to end it.
 */
public final class ForkedProcess {

    private static final int LOG_TAIL_BYTES = 64 * 1024;

    private final Process process;
    private final Path log;

    private ForkedProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a command whose standard output and error are appended to {@code log}. */
    static ForkedProcess start(
            List<String> command,
            Map<String, String> environment,
            Path workingDirectory,
            Path log,
            Lifetime lifetime) {
        try {
            Files.createDirectories(workingDirectory);
            Path parent = log.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            ProcessBuilder builder = new ProcessBuilder(detached(command, lifetime));
            builder.environment().putAll(environment);
            builder.directory(workingDirectory.toFile());
            builder.redirectInput(ProcessBuilder.Redirect.from(Tools.NULL_DEVICE));
            builder.redirectErrorStream(true);
            builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return new ForkedProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start " + command.getFirst(), e);
        }
    }

    private static List<String> detached(List<String> command, Lifetime lifetime) {
        if (lifetime == Lifetime.ENDS_WITH_PARENT || !Tools.hasSetsid()) {
            return command;
        }
        // setsid replaces itself by the command, so the process id stays the child's.
        List<String> detached = new ArrayList<>(command.size() + 1);
        detached.add("setsid");
        detached.addAll(command);
        return detached;
    }

    /** The operating system's process id. */
    public long pid() {
        return process.pid();
    }

    /** The handle of the process. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The exit code, empty while the process runs; 128 + n after signal n. */
    public OptionalInt exitValue() {
        return process.isAlive() ? OptionalInt.empty() : OptionalInt.of(process.exitValue());
    }

    /** The file that receives standard output and error. */
    public Path log() {
        return log;
    }

    /** The last lines of the log, oldest first, at most {@code lines} of them. */
    public List<String> logTail(int lines) {
        return tail(log, lines);
    }

    /** The last lines of any log file, oldest first; empty when there is no such file. */
    public static List<String> tail(Path log, int lines) {
        try (var file = Files.newByteChannel(log)) {
            long from = Math.max(0, file.size() - LOG_TAIL_BYTES);
            file.position(from);
            var bytes = java.nio.ByteBuffer.allocate((int) (file.size() - from));
            while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                // reads until the buffer is full or the file ends
            }
            List<String> all =
                    new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)
                            .lines()
                            .toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        } catch (IOException e) {
            return List.of();
        }
    }

    /** Sends SIGTERM. */
    public void terminate() {
        process.toHandle().destroy();
    }

    /** Sends SIGKILL to the process and to its children, and waits until it is gone. */
    public void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    /** Waits for the end; false when {@code limit} has passed first. */
    public boolean awaitExit(Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }
}
