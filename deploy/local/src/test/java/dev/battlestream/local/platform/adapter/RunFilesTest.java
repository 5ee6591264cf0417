package dev.battlestream.local.platform.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.local.platform.Component;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {

    @TempDir Path folder;
    private RunFiles runs = new RunFiles(Path.of(""));

    @BeforeEach
    void inAnEmptyFolder() {
        runs = new RunFiles(folder);
    }

    @Test
    void aNotedProcessIsFoundUntilItIsForgotten() {
        runs.write(Component.RUNNER, ProcessHandle.current());

        assertThat(runs.alive(Component.RUNNER)).contains(ProcessHandle.current());
        assertThat(runs.alive(Component.JUDGE)).isEmpty();

        runs.remove(Component.RUNNER);
        assertThat(runs.read(Component.RUNNER)).isEmpty();
    }

    @Test
    void anotherProcessThatGotTheSameIdIsNotTakenForOurs() throws IOException {
        Files.write(
                folder.resolve("runner.pid"),
                List.of(Long.toString(ProcessHandle.current().pid()), "2020-01-01T00:00:00Z"));

        assertThat(runs.read(Component.RUNNER)).isPresent();
        assertThat(runs.alive(Component.RUNNER)).isEmpty();
    }

    @Test
    void aDamagedFileCountsAsNone() throws IOException {
        Files.writeString(folder.resolve("runner.pid"), "12");
        assertThat(runs.read(Component.RUNNER)).isEmpty();

        Files.writeString(folder.resolve("runner.pid"), "twelve\nyesterday\n");
        assertThat(runs.read(Component.RUNNER)).isEmpty();
    }
}
