package dev.battlestream.local.cli.adapter;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The desktop that a person sits at. */
final class Desktop {

    private static final String BROWSER = "BROWSER";

    /** Some openers stay as long as what they opened. */
    private static final int PATIENCE_SECONDS = 5;

    private Desktop() {}

    /**
     * The program that opens a file, and its arguments; no shell ever reads them.
     *
     * @param os as {@code os.name} has it
     * @param environment where BROWSER may name another program
     */
    static List<String> opener(String os, Map<String, String> environment, Path file) {
        String path = file.toAbsolutePath().toString();
        String browser = environment.getOrDefault(BROWSER, "");
        if (!browser.isBlank()) {
            return List.of(browser, path);
        }
        String name = os.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return List.of("rundll32", "url.dll,FileProtocolHandler", path);
        }
        return List.of(name.startsWith("mac") ? "open" : "xdg-open", path);
    }

    /**
     * Opens the file with the program that the desktop has for it.
     *
     * @throws IOException if there is none, or it says within some seconds that it cannot
     */
    static void open(Map<String, String> environment, Path file) throws IOException {
        List<String> command = opener(System.getProperty("os.name", ""), environment, file);
        Process process =
                new ProcessBuilder(command)
                        .redirectOutput(Redirect.DISCARD)
                        .redirectError(Redirect.DISCARD)
                        .start();
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() != 0) {
                throw new IOException(
                        "%s ended with %d".formatted(command.getFirst(), process.exitValue()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
