package dev.battlestream.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says on disk which server belongs to which test JVM, so that a later run can end the servers of a
 * JVM that was killed.
 */
record RunRecord(ProcessIdentity server, ProcessIdentity parent, Path folder) {

    static void write(Path runs, ProcessHandle server, Path folder) {
        ProcessIdentity its = ProcessIdentity.of(server);
        ProcessIdentity ours = ProcessIdentity.of(ProcessHandle.current());
        try {
            Files.createDirectories(runs);
            Files.write(
                    runs.resolve(Long.toString(its.pid())),
                    List.of(
                            its.started().toString(),
                            Long.toString(ours.pid()),
                            ours.started().toString(),
                            folder.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot note a started server", e);
        }
    }

    static void remove(Path runs, long pid) {
        try {
            Files.deleteIfExists(runs.resolve(Long.toString(pid)));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove the note of a server", e);
        }
    }

    /** The servers that a test JVM has noted and not yet ended. */
    static List<RunRecord> of(Path runs, long parent) throws IOException {
        List<RunRecord> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(runs)) {
            for (Path file : files.toList()) {
                read(file).filter(run -> run.parent().pid() == parent).ifPresent(found::add);
            }
        }
        return found;
    }

    /** Kills every server whose test JVM is gone and deletes its data. */
    static void reap(Path runs) {
        if (!Files.isDirectory(runs)) {
            return;
        }
        try (Stream<Path> files = Files.list(runs)) {
            files.forEach(RunRecord::reapOne);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + runs, e);
        }
    }

    private static void reapOne(Path file) {
        try {
            Optional<RunRecord> read = read(file);
            if (read.isEmpty() || read.get().parent().alive().isPresent()) {
                return;
            }
            RunRecord left = read.get();
            left.server()
                    .alive()
                    .ifPresent(server -> {
                        server.descendants().forEach(ProcessHandle::destroyForcibly);
                        server.destroyForcibly();
                        server.onExit().join();
                    });
            Folders.delete(left.folder());
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot clean up after " + file, e);
        }
    }

    /** Empty while another JVM is writing the file, or has just removed it. */
    private static Optional<RunRecord> read(Path file) throws IOException {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
        if (lines.size() < 4) {
            return Optional.empty();
        }
        return Optional.of(
                new RunRecord(
                        new ProcessIdentity(
                                Long.parseLong(file.getFileName().toString()),
                                Instant.parse(lines.get(0))),
                        new ProcessIdentity(
                                Long.parseLong(lines.get(1)), Instant.parse(lines.get(2))),
                        Path.of(lines.get(3))));
    }
}
