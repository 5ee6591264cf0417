package dev.battlestream.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The small npm project beside the tests, installed into the build folder. The testkit's
 * NodeProgram does so for all other modules; it depends on this one.
 */
final class NodeProject {

    /** What a run printed and how it ended. */
    record Run(int exitCode, String output) {}

    /** Ends with 0 on the versions that the packages run on. */
    private static final String NODE_20 =
            "process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)";

    private static final Path SOURCE = Path.of("src/test/node");
    private static final Path INSTALLED = Path.of("target/node");

    private NodeProject() {}

    /** Whether Node and npm are here; says so in one line when not. */
    static boolean canRun() {
        boolean can = succeeds("node", "-e", NODE_20) && succeeds("npm", "--version");
        if (!can) {
            System.out.println("AsyncApiValidationTest is skipped: it needs Node 20 and npm");
        }
        return can;
    }

    /** Copies the project and installs what its lock file names; anew only when that changed. */
    static void install() throws IOException, InterruptedException {
        Files.createDirectories(INSTALLED);
        try (Stream<Path> files = Files.list(SOURCE).filter(Files::isRegularFile)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        INSTALLED.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Path lock = SOURCE.resolve("package-lock.json");
        Path marker = INSTALLED.resolve("installed-lock.json");
        if (!Files.exists(marker) || Files.mismatch(marker, lock) >= 0) {
            Run install = run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
            assertThat(install.exitCode()).as("npm ci: %s", install.output()).isZero();
            Files.copy(lock, marker, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Runs a command in the installed project to its end, at most three minutes. */
    static Run run(String... command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(INSTALLED, "run", ".log");
        Process process =
                new ProcessBuilder(command)
                        .directory(INSTALLED.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("%s ends", command[0]).isTrue();
            return new Run(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8));
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
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
