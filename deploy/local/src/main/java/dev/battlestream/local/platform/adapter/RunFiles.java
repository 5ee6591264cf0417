package dev.battlestream.local.platform.adapter;

import dev.battlestream.local.platform.Component;
import dev.battlestream.testkit.ProcessIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One small file for each started component: process id and start time. A file without its process
 * means that the component died; a component that was stopped has no file.
 */
final class RunFiles {

    private final Path folder;

    RunFiles(Path folder) {
        this.folder = folder;
    }

    void write(Component component, ProcessHandle process) {
        ProcessIdentity identity = ProcessIdentity.of(process);
        try {
            Files.createDirectories(folder);
            // Moved into place, so that a reader sees all of it or nothing.
            Path making = folder.resolve(component.label() + ".pid.new");
            Files.write(
                    making, List.of(Long.toString(identity.pid()), identity.started().toString()));
            Files.move(making, file(component), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot note " + component.label(), e);
        }
    }

    /** What was noted; empty also when the file makes no sense. */
    Optional<ProcessIdentity> read(Component component) {
        try {
            List<String> lines = Files.readAllLines(file(component));
            if (lines.size() < 2) {
                return Optional.empty();
            }
            return Optional.of(
                    new ProcessIdentity(
                            Long.parseLong(lines.get(0).strip()),
                            Instant.parse(lines.get(1).strip())));
        } catch (IOException | NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The component's process if it runs. */
    Optional<ProcessHandle> alive(Component component) {
        return read(component).flatMap(ProcessIdentity::alive);
    }

    void remove(Component component) {
        try {
            Files.deleteIfExists(file(component));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot forget " + component.label(), e);
        }
    }

    /** What the ports of the running platform were planned from; empty when nothing was noted. */
    Optional<String> portSetting() {
        try {
            return Optional.of(Files.readString(ports()).strip());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void notePortSetting(String setting) {
        try {
            Files.createDirectories(folder);
            Files.writeString(ports(), setting);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot note the ports", e);
        }
    }

    void forgetPortSetting() {
        try {
            Files.deleteIfExists(ports());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot forget the ports", e);
        }
    }

    private Path ports() {
        return folder.resolve("ports");
    }

    private Path file(Component component) {
        return folder.resolve(component.label() + ".pid");
    }
}
