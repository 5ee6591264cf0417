package dev.battlestream.local.export.adapter;

import dev.battlestream.local.export.Column;
import dev.battlestream.local.export.ExportFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows in one format. Holds no more than a bounded part of them in memory. */
interface RowWriter extends AutoCloseable {

    /** Writes a row: for each column a value of its kind or null. */
    void write(@Nullable Object[] row) throws IOException;

    /** Writes what is still held and what ends the format; the stream is left open. */
    @Override
    void close() throws IOException;

    /** The writer of a format. */
    static RowWriter of(ExportFormat format, List<Column> columns, OutputStream out)
            throws IOException {
        return switch (format) {
            case CSV -> new CsvRows(columns, out);
            case JSONL -> new JsonRows(columns, out);
            case PARQUET -> new ParquetRows(columns, out);
        };
    }
}
