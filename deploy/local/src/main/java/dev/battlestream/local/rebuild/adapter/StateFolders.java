package dev.battlestream.local.rebuild.adapter;

import dev.battlestream.local.platform.adapter.PlatformException;
import dev.battlestream.testkit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The stores on the disk of an ended report service. Streams has a folder for each partition of a
 * view; it goes as a whole, so that no store is left without the note of how far it is, or the
 * other way round: it is moved aside, and deleted there.
 */
final class StateFolders {

    private static final String ASIDE = "dropped";

    private final Path state;

    /**
     * @param state the folder of the service's state
     */
    StateFolders(Path state) {
        this.state = state;
    }

    /** Deletes the folders in which one of these stores lies. */
    void drop(String application, List<String> stores) {
        Path aside = state.resolve(ASIDE);
        if (!Files.isDirectory(state)) {
            return;
        }
        try {
            // What an interrupted rebuild has left.
            Folders.delete(aside);
            Files.createDirectories(aside);
            for (Path task : tasks(application, stores)) {
                Files.move(
                        task,
                        aside.resolve(state.relativize(task).toString().replace('/', '-')),
                        StandardCopyOption.ATOMIC_MOVE);
            }
            Folders.delete(aside);
        } catch (IOException e) {
            throw new PlatformException(
                    "The stores in " + state + " cannot be deleted: " + e.getMessage());
        }
    }

    /** {@code <instance>/<application>/<sub-topology>_<partition>/rocksdb/<store>}. */
    private List<Path> tasks(String application, List<String> stores) throws IOException {
        try (Stream<Path> folders = Files.find(state, 3, (path, at) -> at.isDirectory())) {
            return folders.filter(
                            folder -> {
                                Path parent = folder.getParent();
                                return parent != null
                                        && parent.endsWith(application)
                                        && stores.stream()
                                                .anyMatch(store ->
                                                        Files.exists(
                                                                folder.resolve("rocksdb")
                                                                        .resolve(store)));
                            })
                    .toList();
        }
    }
}
