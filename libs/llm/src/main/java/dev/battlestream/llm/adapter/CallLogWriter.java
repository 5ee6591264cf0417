package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatRequest;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/**
 * Adds a line to the call log as each call starts.
 *
 * <p>One line is one {@code write} to a file opened for appending: lines of several processes do
 * not mix, and a line once written outlives a process that is killed. A plain stream and not a
 * channel, because a channel is closed for everybody when one thread that writes to it is
 * interrupted, and calls are cancelled by interrupts.
 */
final class CallLogWriter {

    private final FileOutputStream file;
    private final Clock clock;

    /**
     * @throws IllegalArgumentException if the file cannot be written
     */
    CallLogWriter(Path path, Clock clock) {
        this.clock = clock;
        try {
            Path folder = path.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            file = new FileOutputStream(path.toFile(), true);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "scripted.call-log must be a file that can be written, but " + path + " is not",
                    e);
        }
    }

    /** No part needs escaping: references and ids have no quotes. */
    void started(ChatRequest request, int attempt) {
        String line =
                "{\"at\":\"%s\",\"model\":\"%s\",\"conversation\":\"%s\",\"turn\":%d,\"attempt\":%d}\n"
                        .formatted(
                                clock.instant(),
                                request.model(),
                                request.conversation(),
                                request.turn(),
                                attempt);
        try {
            file.write(line.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The call log cannot be written", e);
        }
    }
}
