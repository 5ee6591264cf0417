package dev.battlestream.local.export.adapter;

import dev.battlestream.local.export.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * RFC 4180 with a line of names, as {@code COPY … CSV} writes it: a cell without a value is empty,
 * an empty text is quoted. Lists and objects are JSON in a cell.
 */
final class CsvRows implements RowWriter {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final OutputStream out;
    private final StringBuilder line = new StringBuilder();

    CsvRows(List<Column> columns, OutputStream out) throws IOException {
        this.out = out;
        write(columns.stream().map(Column::name).toArray());
    }

    @Override
    public void write(@Nullable Object[] row) throws IOException {
        line.setLength(0);
        for (int i = 0; i < row.length; i++) {
            if (i > 0) {
                line.append(',');
            }
            Object value = row[i];
            if (value != null) {
                cell(text(value));
            }
        }
        out.write(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {}

    /** ISO 8601 in UTC, always with microseconds. */
    static String time(Instant time) {
        return TIME.format(time);
    }

    private static String text(Object value) {
        return switch (value) {
            case BigDecimal money -> money.toPlainString();
            case Instant time -> time(time);
            case List<?> values -> JsonRows.list(values);
            default -> value.toString();
        };
    }

    private void cell(String text) {
        if (text.isEmpty() || text.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0)) {
            line.append('"').append(text.replace("\"", "\"\"")).append('"');
        } else {
            line.append(text);
        }
    }
}
