package dev.battlestream.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The gateway as a process: what it takes, and its death and return. */
final class GatewayProcess {

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private final URI url;
    private final @Nullable Path pidFile;
    private final List<Path> mortals;
    private final List<String> start;

    /**
     * @param pidFile whose first line is its process id; null if that is unknown
     * @param mortals files like it, of services that are killed one after the other
     * @param start what starts them again, a program and its arguments
     */
    GatewayProcess(URI url, @Nullable Path pidFile, List<Path> mortals, List<String> start) {
        this.url = url;
        this.pidFile = pidFile;
        this.mortals = List.copyOf(mortals);
        this.start = List.copyOf(start);
    }

    /** How many services can be killed and started again. */
    int mortals() {
        return start.isEmpty() ? 0 : mortals.size();
    }

    /** Kills one of them, starts it again and answers how long it was away, in nanoseconds. */
    long killAndStart(int index) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        ProcessHandle.of(pid(mortals.get(index)))
                .ifPresent(process -> {
                    process.destroyForcibly();
                    process.onExit().join();
                });
        Process starting =
                new ProcessBuilder(start)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int code = starting.waitFor();
        if (code != 0) {
            throw new IllegalStateException("no result: the start ended with code " + code);
        }
        return System.nanoTime() - begin;
    }

    /** What it takes now, as a line to print. */
    String memory() throws IOException, InterruptedException {
        return String.format(
                Locale.ROOT,
                "resident %s, heap %.0f MB, buffers %.0f MB, feeds %.0f KB, streams %.0f",
                resident(),
                metric("jvm_memory_used_bytes", "area=\"heap\"") / (1 << 20),
                metric("jvm_buffer_memory_used_bytes", "") / (1 << 20),
                metric("battlestream_gateway_stream_feed_bytes", "") / 1024,
                metric("battlestream_gateway_stream_viewers", ""));
    }

    /**
     * What lives in its heap after a full collection, and its buffers outside, in bytes; 0 if its
     * process id is unknown.
     */
    double live() throws IOException, InterruptedException {
        if (pidFile == null) {
            return 0;
        }
        Process collecting =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid(pidFile)),
                                "GC.run")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        int code = collecting.waitFor();
        if (code != 0) {
            throw new IllegalStateException("no result: jcmd ended with code " + code);
        }
        return metric("jvm_memory_used_bytes", "area=\"heap\"")
                + metric("jvm_buffer_memory_used_bytes", "");
    }

    private String resident() throws IOException {
        if (pidFile == null) {
            return "unknown";
        }
        Path status = Path.of("/proc", Long.toString(pid(pidFile)), "status");
        if (!Files.exists(status)) {
            return "unknown";
        }
        try (var lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .findFirst()
                    .map(line -> line.replaceAll("\\D", ""))
                    .map(kilobytes -> Long.parseLong(kilobytes) / 1024 + " MB")
                    .orElse("unknown");
        }
    }

    private double metric(String name, String tag) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(url.resolve("/actuator/prometheus"))
                        .timeout(Duration.ofSeconds(10))
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(tag))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static long pid(Path file) throws IOException {
        return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    }
}
