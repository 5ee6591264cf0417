package dev.battlestream.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A program of the npm project beside a module's tests, which lies in {@code src/test/node} and is
 * installed into {@code target/node}. It must end with its standard input, so that it never
 * outlives the test.
 */
public final class NodeProgram implements AutoCloseable {

    /** Ends with 0 on the versions that the packages run on. */
    private static final String NODE_20 =
            "process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)";

    private static final Path SOURCE = Path.of("src/test/node");
    private static final Path INSTALLED = Path.of("target/node");

    private final Process process;
    private final BufferedReader output;

    private NodeProgram(Process process) {
        this.process = process;
        this.output = process.inputReader();
    }

    /** Whether Node and npm are here; says so in one line when not. */
    public static boolean canRun() {
        boolean can = succeeds("node", "-e", NODE_20) && succeeds("npm", "--version");
        if (!can) {
            System.out.println(
                    "A test with an outside program is skipped: it needs Node 20 and npm");
        }
        return can;
    }

    /**
     * Installs the project and starts one of its scripts. What that says on standard error is kept
     * in {@code target/node/<script>.log}.
     *
     * @param environment further variables
     * @throws IllegalStateException if the project cannot be installed
     */
    public static NodeProgram start(String script, Map<String, String> environment)
            throws IOException, InterruptedException {
        install();
        Path errors = INSTALLED.resolve(script + ".log");
        ProcessBuilder builder =
                new ProcessBuilder("node", script)
                        .directory(INSTALLED.toFile())
                        .redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return new NodeProgram(builder.start());
    }

    /** The next line that it prints; empty at its end. */
    public String readLine() throws IOException {
        String line = output.readLine();
        return line == null ? "" : line;
    }

    /**
     * Everything that it still prints, up to an empty line; then it has ended.
     *
     * @throws IllegalStateException if it has not
     */
    public List<String> readToEnd() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            lines.add(line);
        }
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the program does not end");
        }
        return lines;
    }

    /** How it ended. */
    public int exitCode() {
        return process.exitValue();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        output.close();
    }

    /** Copies the project and installs what its lock file names; anew only when that changed. */
    private static synchronized void install() throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        try (Stream<Path> files = Files.list(SOURCE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file,
                        INSTALLED.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path lock = SOURCE.resolve("package-lock.json");
        Path marker = INSTALLED.resolve("installed-lock.json");
        if (Files.exists(marker) && Files.mismatch(marker, lock) < 0) {
            return;
        }
        Path log = INSTALLED.resolve("npm-ci.log");
        Process npm =
                new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
                        .directory(INSTALLED.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            if (!npm.waitFor(3, TimeUnit.MINUTES) || npm.exitValue() != 0) {
                throw new IllegalStateException("npm ci failed, see " + log);
            }
        } finally {
            npm.destroyForcibly();
        }
        Files.copy(lock, marker, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean succeeds(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
