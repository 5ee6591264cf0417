package dev.battlestream.local.rebuild.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.local.rebuild.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFoldersTest {

    @TempDir Path state;

    @Test
    void theTasksOfTheViewGoAndNoOthers() throws IOException {
        Path battles = task("0_0", "battle-statuses");
        Path runs = task("1_0", "scale-runs");
        Path noted =
                Files.writeString(battles.resolveSibling("kafka-streams-process-metadata"), "");

        drop(View.BATTLES);

        assertThat(battles).doesNotExist();
        assertThat(runs.resolve(".checkpoint")).exists();
        assertThat(noted).exists();
        assertThat(state).isDirectoryNotContaining("glob:**dropped");
    }

    @Test
    void whatAnInterruptedRebuildHasLeftGoes() throws IOException {
        Path left = state.resolve("dropped/report-1-battlestream-report-0_0");
        Files.createDirectories(left);

        drop(View.BATTLES);

        assertThat(left).doesNotExist();
    }

    @Test
    void aServiceThatNeverRanHasNothingToDrop() {
        new StateFolders(state.resolve("nowhere")).drop(View.APPLICATION, View.RUNS.stores());

        assertThat(state).isEmptyDirectory();
    }

    private void drop(View view) {
        new StateFolders(state).drop(View.APPLICATION, view.stores());
    }

    private Path task(String name, String store) throws IOException {
        Path task = state.resolve("report-1").resolve(View.APPLICATION).resolve(name);
        Files.createDirectories(task.resolve("rocksdb").resolve(store));
        Files.writeString(task.resolve(".checkpoint"), "0");
        return task;
    }
}
