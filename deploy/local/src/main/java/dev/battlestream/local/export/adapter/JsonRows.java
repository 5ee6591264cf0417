package dev.battlestream.local.export.adapter;

import dev.battlestream.local.export.Column;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** An object in each line; a column without a value is null. */
final class JsonRows implements RowWriter {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final List<Column> columns;
    private final OutputStream out;

    JsonRows(List<Column> columns, OutputStream out) {
        this.columns = List.copyOf(columns);
        this.out = out;
    }

    @Override
    public void write(@Nullable Object[] row) throws IOException {
        java.io.StringWriter line = new java.io.StringWriter();
        try (JsonGenerator json = JSON.createGenerator(line)) {
            json.writeStartObject();
            for (int i = 0; i < row.length; i++) {
                json.writeName(columns.get(i).name());
                value(json, columns.get(i).kind(), row[i]);
            }
            json.writeEndObject();
        } catch (JacksonException e) {
            throw new IllegalStateException("A row is no JSON", e);
        }
        out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {}

    /** Lists as they stand in one cell. */
    static String list(List<?> values) {
        return JSON.writeValueAsString(values);
    }

    private static void value(JsonGenerator json, Column.Kind kind, @Nullable Object value) {
        if (value == null) {
            json.writeNull();
            return;
        }
        switch (kind) {
            case TEXT -> json.writeString((String) value);
            case INTEGER -> json.writeNumber((Integer) value);
            case LONG -> json.writeNumber((Long) value);
            case REAL -> json.writeNumber((Double) value);
            case BOOLEAN -> json.writeBoolean((Boolean) value);
            case MONEY -> json.writeNumber(((BigDecimal) value).toPlainString());
            case TIME -> json.writeString(CsvRows.time((Instant) value));
            case JSON, TEXTS, LONGS -> json.writeRawValue(raw(value));
        }
    }

    private static String raw(Object value) {
        return value instanceof List<?> values ? list(values) : (String) value;
    }
}
