package dev.battlestream.local.export;

import java.util.Locale;

/** As what the rows are written. */
public enum ExportFormat {
    CSV,
    JSONL,
    PARQUET;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
