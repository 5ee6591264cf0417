package dev.battlestream.local.cli.adapter;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads what is added to a file; a file that became shorter is read from its beginning. */
final class LogTail {

    private static final int CHUNK = 64 * 1024;

    private final Path file;
    private final String prefix;
    private long position;

    /** Starts at the file's present end. */
    LogTail(Path file, String prefix) throws IOException {
        this.file = file;
        this.prefix = prefix;
        this.position = Files.exists(file) ? Files.size(file) : 0;
    }

    /** The whole lines that were added since the last time, at most 64 KiB of them. */
    List<String> added() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        long size = Files.size(file);
        if (size < position) {
            position = 0;
        }
        byte[] bytes = new byte[(int) Math.min(CHUNK, size - position)];
        try (RandomAccessFile reading = new RandomAccessFile(file.toFile(), "r")) {
            reading.seek(position);
            reading.readFully(bytes);
        }
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n' && bytes.length < CHUNK) {
            end--;
        }
        position += end;
        return new String(bytes, 0, end, StandardCharsets.UTF_8)
                .lines()
                .map(line -> prefix + line)
                .toList();
    }
}
