package dev.battlestream.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's program files, expanded once from the archive that the build laid out. */
final class PostgresBinaries {

    private static final Object IN_THIS_JVM = new Object();

    private PostgresBinaries() {}

    /**
     * The folder with {@code bin}, {@code lib} and {@code share}; expands it when it is missing.
     */
    static Path expanded(InfraHome home) {
        Path expanded = home.postgres().resolve("expanded");
        if (Files.isDirectory(expanded)) {
            return expanded;
        }
        // Two test runs may come here at once: a file lock for the other JVM, a monitor for ours.
        synchronized (IN_THIS_JVM) {
            try (FileChannel channel =
                            FileChannel.open(
                                    home.postgres().resolve("expanding.lock"),
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.WRITE);
                    var _ = channel.lock()) {
                if (!Files.isDirectory(expanded)) {
                    Path making = home.postgres().resolve("expanding");
                    Folders.delete(making);
                    expand(archive(home), making);
                    Files.move(making, expanded);
                }
                return expanded;
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL cannot be expanded", e);
            }
        }
    }

    private static Path archive(InfraHome home) throws IOException {
        try (Stream<Path> files = Files.list(home.postgres())) {
            return files.filter(file -> file.toString().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(
                            () -> new IOException("no PostgreSQL archive in " + home.folder()));
        }
    }

    private static void expand(Path archive, Path target) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                if (!path.startsWith(target)) {
                    throw new IOException("entry outside of the archive: " + entry.getName());
                }
                Path parent = path.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    if ((entry.getMode() & 0100) != 0 && !path.toFile().setExecutable(true)) {
                        throw new IOException("cannot make executable: " + path);
                    }
                }
            }
        }
    }
}
