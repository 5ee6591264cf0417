package dev.battlestream.testkit;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A real server in a process of its own, with its data in one folder.
 *
 * <p>Every kind can be killed at any moment and started again on the same folder. Not safe for use
 * by several threads.
 */
public abstract sealed class ServerProcess permits KafkaProcess, PostgresProcess, RegistryProcess {

    private static final Duration POLL = Duration.ofMillis(25);

    private final String name;
    private final int port;
    private final Path log;
    private @Nullable ForkedProcess process;

    ServerProcess(String name, int port, Path log) {
        this.name = name;
        this.port = port;
        this.log = log;
    }

    /** Forks the server, preparing its folder first when that is new; does not wait for it. */
    abstract ForkedProcess fork();

    /** Whether the server answers; false, never an exception, while it does not. */
    abstract boolean answers();

    /** Asks the running process for a graceful stop. */
    void askToStop(ForkedProcess running) {
        running.terminate();
    }

    /** The server's name for people. */
    public final String name() {
        return name;
    }

    /** The port on the loopback interface. */
    public final int port() {
        return port;
    }

    /** The file that receives standard output and error. */
    public final Path log() {
        return log;
    }

    /**
     * Starts the process; {@link #awaitReady} tells when it answers.
     *
     * @throws IllegalStateException when it already runs
     */
    public final void start() {
        if (isAlive()) {
            throw new IllegalStateException(name + " already runs");
        }
        process = fork();
    }

    /**
     * Waits until the server answers.
     *
     * @throws IllegalStateException with the end of its log when it died or the limit has passed
     */
    public final void awaitReady(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!answers()) {
            if (!isAlive()) {
                throw new IllegalStateException(name + " died while starting" + endOfLog());
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        name + " is not ready after " + limit.toSeconds() + " s" + endOfLog());
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for " + name, e);
            }
        }
    }

    /**
     * Stops gracefully, and kills when that takes longer than {@code limit}.
     *
     * @return whether the process ended by itself within the limit
     */
    public final boolean stop(Duration limit) {
        ForkedProcess running = process;
        if (running == null || !running.isAlive()) {
            return true;
        }
        askToStop(running);
        boolean graceful = running.awaitExit(limit);
        if (!graceful) {
            running.kill();
        }
        return graceful;
    }

    /** Sends SIGKILL and waits until the process is gone. */
    public final void kill() {
        ForkedProcess running = process;
        if (running != null) {
            running.kill();
        }
    }

    public final boolean isAlive() {
        ForkedProcess running = process;
        return running != null && running.isAlive();
    }

    /**
     * The process of the last start.
     *
     * @throws IllegalStateException before the first start
     */
    public final ForkedProcess process() {
        ForkedProcess running = process;
        if (running == null) {
            throw new IllegalStateException(name + " was never started");
        }
        return running;
    }

    private String endOfLog() {
        return "; end of its log:\n" + String.join("\n", ForkedProcess.tail(log, 20));
    }
}
