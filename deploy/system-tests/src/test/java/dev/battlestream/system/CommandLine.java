package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code battlestream} as somebody types it. */
final class CommandLine {

    private CommandLine() {}

    /**
     * What a command prints; it has to succeed.
     *
     * @param home where it keeps what it keeps
     * @param base the port that it takes for the gateway's, and all others from
     */
    static List<String> printed(Platform platform, Path home, int base, String... arguments)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(platform.root().resolve("battlestream").toAbsolutePath().toString());
        command.addAll(List.of(arguments));
        Path out = home.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().put("BATTLESTREAM_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("BATTLESTREAM_HOME", home.toString());
        builder.environment().put("BATTLESTREAM_PORT_BASE", Integer.toString(base));
        Process process = builder.redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        List<String> lines = Files.readAllLines(out, StandardCharsets.UTF_8);
        assertThat(process.exitValue()).as("%s", lines).isZero();
        return lines;
    }
}
