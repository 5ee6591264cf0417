package dev.battlestream.local.export.adapter;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Where an export goes. Counts what it takes. */
public final class ExportTarget {

    private static final int BUFFER = 64 * 1024;

    private final @Nullable Path file;
    private final OutputStream stream;
    private final AtomicLong bytes = new AtomicLong();

    private ExportTarget(@Nullable Path file, OutputStream stream) {
        this.file = file;
        this.stream = stream;
    }

    /** What fills a target. */
    @FunctionalInterface
    interface Source {

        /**
         * Writes everything.
         *
         * @return how many rows it was
         */
        long writeTo(OutputStream out) throws IOException, SQLException;
    }

    /** A file, which is replaced when all is written; half of an export is never seen. */
    public static ExportTarget file(Path file) {
        return new ExportTarget(file, OutputStream.nullOutputStream());
    }

    /** A stream, such as that of a pipe; it stays open. */
    public static ExportTarget stream(OutputStream stream) {
        return new ExportTarget(null, stream);
    }

    /** How many bytes were written so far. */
    public long bytes() {
        return bytes.get();
    }

    long fill(Source source) throws IOException, SQLException {
        if (file == null) {
            return fill(source, stream);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            try (OutputStream out = Files.newOutputStream(file)) {
                return fill(source, out);
            }
        }
        Path target = file.toAbsolutePath();
        if (target.getParent() != null) {
            Files.createDirectories(target.getParent());
        }
        Path beside =
                target.resolveSibling(
                        ".%s.%d.tmp"
                                .formatted(target.getFileName(), ProcessHandle.current().pid()));
        try {
            long rows;
            try (OutputStream out =
                    Files.newOutputStream(
                            beside,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                rows = fill(source, out);
            }
            Files.move(
                    beside,
                    target,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            return rows;
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private long fill(Source source, OutputStream out) throws IOException, SQLException {
        OutputStream buffered = new BufferedOutputStream(new Counting(out), BUFFER);
        long rows = source.writeTo(buffered);
        buffered.flush();
        return rows;
    }

    private final class Counting extends OutputStream {

        private final OutputStream out;

        Counting(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            bytes.incrementAndGet();
        }

        @Override
        public void write(byte[] some, int offset, int length) throws IOException {
            out.write(some, offset, length);
            bytes.addAndGet(length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
