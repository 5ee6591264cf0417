package dev.battlestream.testkit;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What this machine offers: the running JVM's launcher, setsid, a way to step down from root. */
final class Tools {

    static final File NULL_DEVICE = new File("/dev/null");

    private static final boolean SETSID = onPath("setsid");

    private Tools() {}

    static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    static boolean hasSetsid() {
        return SETSID;
    }

    /**
     * What to put before a command that refuses to run as root: nothing for another user, a user
     * namespace of its own for root.
     *
     * @throws IllegalStateException as root where user namespaces are forbidden
     */
    static List<String> steppingDown() {
        if (!isRoot()) {
            return List.of();
        }
        List<String> unshare = List.of("unshare", "-U");
        if (!succeeds(List.of("unshare", "-U", "true"))) {
            throw new IllegalStateException(
                    "PostgreSQL does not run as root, and this machine forbids the user namespace"
                            + " (unshare -U) that would let it step down. Run as another user.");
        }
        return unshare;
    }

    private static boolean isRoot() {
        try {
            return Files.exists(Path.of("/proc/self"))
                    && Integer.valueOf(0)
                            .equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static boolean onPath(String command) {
        String path = System.getenv("PATH");
        if (path == null
                || System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("win")) {
            return false;
        }
        for (String folder : path.split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder, command))) {
                return true;
            }
        }
        return false;
    }

    private static boolean succeeds(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(NULL_DEVICE)
                            .start();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
