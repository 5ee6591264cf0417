package dev.battlestream.local.export.adapter;

import dev.battlestream.local.export.ExportFormat;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads exports as other tools would, into rows that can be compared whatever the format: the
 * column's name and its value as a text, in the order of the texts.
 *
 * @param types of the columns in their order, as PostgreSQL names them
 */
record ReadBack(Map<String, String> types) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

    List<String> rows(ExportFormat format, Path file) throws IOException {
        return switch (format) {
            case CSV -> csv(Files.readString(file));
            case JSONL -> Files.readString(file).lines().map(this::object).sorted().toList();
            case PARQUET -> parquet(file);
        };
    }

    /** A row of a JSON object, whose values may all be texts. */
    String object(String line) {
        JsonNode object = JSON.readTree(line);
        Map<String, @Nullable String> row = new TreeMap<>();
        for (String name : types.keySet()) {
            JsonNode value = object.path(name);
            String text = value.isString() ? value.asString() : value.toString();
            row.put(name, value.isNull() ? null : alike(name, text));
        }
        return row.toString();
    }

    private List<String> csv(String text) {
        List<List<@Nullable String>> lines = Csv.parse(text);
        List<String> names = List.copyOf(types.keySet());
        if (!lines.getFirst().equals(names)) {
            throw new AssertionError("The first line is " + lines.getFirst());
        }
        List<String> rows = new ArrayList<>();
        for (List<@Nullable String> line : lines.subList(1, lines.size())) {
            Map<String, @Nullable String> row = new TreeMap<>();
            for (int i = 0; i < line.size(); i++) {
                String cell = line.get(i);
                row.put(names.get(i), cell == null ? null : alike(names.get(i), cell));
            }
            rows.add(row.toString());
        }
        return rows.stream().sorted().toList();
    }

    private List<String> parquet(Path file) throws IOException {
        List<String> names = List.copyOf(types.keySet());
        List<String> rows = new ArrayList<>();
        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file));
                RowReader at = reader.rowReader()) {
            while (at.hasNext()) {
                at.next();
                Map<String, @Nullable String> row = new TreeMap<>();
                for (int i = 0; i < names.size(); i++) {
                    String name = names.get(i);
                    row.put(name, at.isNull(i) ? null : alike(name, cell(at, i, type(name))));
                }
                rows.add(row.toString());
            }
        }
        return rows.stream().sorted().toList();
    }

    private static String cell(RowReader at, int column, String type) {
        return switch (type) {
            case "int4" -> Integer.toString(at.getInt(column));
            case "int8" -> Long.toString(at.getLong(column));
            case "float8" -> Double.toString(at.getDouble(column));
            case "bool" -> Boolean.toString(at.getBoolean(column));
            case "numeric" -> at.getDecimal(column).toPlainString();
            case "timestamptz" -> CsvRows.time(at.getTimestamp(column));
            case "_text" -> JSON.writeValueAsString(at.getList(column).strings());
            case "_int8" -> JSON.writeValueAsString(at.getList(column).values());
            default -> at.getString(column);
        };
    }

    private String type(String name) {
        return types.getOrDefault(name, "");
    }

    private String alike(String name, String text) {
        return switch (type(name)) {
            case "float8" -> Double.toString(Double.parseDouble(text));
            case "numeric" -> new BigDecimal(text).setScale(9).toPlainString();
            case "jsonb", "_text", "_int8" -> JSON.readTree(text).toString();
            default -> text;
        };
    }
}
