package dev.battlestream.schemas;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.Schema.Field;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.jspecify.annotations.Nullable;

/** The rules of the contract's schemas; each method answers the violations in words. */
final class SchemaRules {

    private static final Pattern MONEY = Pattern.compile("(?i).*(usd|cost|price|budget).*");
    private static final Pattern INSTANT = Pattern.compile("at|.*At");
    private static final LogicalType DOLLARS = LogicalTypes.decimal(18, 9);

    private SchemaRules() {}

    /** What is undocumented, without default, or of the wrong type for money and time. */
    static List<String> violations(Schema schema) {
        List<String> found = new ArrayList<>();
        walk(
                schema,
                schema.getName(),
                new HashSet<>(),
                (path, type) -> {
                    if (type.getType() == Schema.Type.ENUM && type.getEnumDefault() == null) {
                        found.add(path + ": an enum without default symbol");
                    }
                    if (isNamed(type) && isBlank(type.getDoc())) {
                        found.add(path + ": " + type.getName() + " without documentation");
                    }
                    if (type.getType() == Schema.Type.RECORD) {
                        type.getFields().forEach(field -> checkField(path, field, found));
                    }
                });
        return found;
    }

    /** What keeps a reader of either schema from reading what the other has written. */
    static List<String> breaks(Schema older, Schema newer) {
        List<String> found = new ArrayList<>();
        addIncompatibilities("the newer one cannot read the older", newer, older, found);
        addIncompatibilities("the older one cannot read the newer", older, newer, found);
        Map<String, String> before = meanings(older);
        Map<String, String> after = meanings(newer);
        before.forEach((path, meaning) -> {
            String now = after.getOrDefault(path, meaning);
            if (!now.equals(meaning)) {
                found.add(path + ": was " + meaning + " and is " + now);
            }
        });
        return found;
    }

    private static void addIncompatibilities(
            String sentence, Schema reader, Schema writer, List<String> found) {
        var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
        if (result.getCompatibility() != SchemaCompatibilityType.COMPATIBLE) {
            result.getIncompatibilities()
                    .forEach(what -> found.add(sentence + ": " + what.getMessage()));
        }
    }

    private static void checkField(String record, Field field, List<String> found) {
        String path = record + "." + field.name();
        Schema value = valueType(field.schema());
        if (isBlank(field.doc())) {
            found.add(path + ": a field without documentation");
        }
        if (isNumber(value)
                && MONEY.matcher(field.name()).matches()
                && !DOLLARS.equals(value.getLogicalType())) {
            found.add(path + ": money that is no decimal(18, 9)");
        }
        if (INSTANT.matcher(field.name()).matches()
                && !LogicalTypes.timestampMicros().equals(value.getLogicalType())) {
            found.add(path + ": an instant that is no timestamp-micros");
        }
        if (field.schema().isNullable() && !field.hasDefaultValue()) {
            found.add(path + ": may be null and has no default");
        }
    }

    /** Avro's own check does not look at logical types: a decimal's scale may not change either. */
    private static Map<String, String> meanings(Schema schema) {
        Map<String, String> meanings = new TreeMap<>();
        walk(
                schema,
                schema.getName(),
                new HashSet<>(),
                (path, type) -> {
                    if (type.getType() == Schema.Type.RECORD) {
                        for (Field field : type.getFields()) {
                            meanings.put(
                                    path + "." + field.name(), meaning(valueType(field.schema())));
                        }
                    }
                });
        return meanings;
    }

    private static String meaning(Schema type) {
        return switch (type.getLogicalType()) {
            case null -> "no logical type";
            case LogicalTypes.Decimal d ->
                    "decimal(%d, %d)".formatted(d.getPrecision(), d.getScale());
            case LogicalType other -> other.getName();
        };
    }

    private static void walk(
            Schema schema, String path, Set<String> seen, BiConsumer<String, Schema> visit) {
        if (isNamed(schema) && !seen.add(schema.getFullName())) {
            return;
        }
        visit.accept(path, schema);
        switch (schema.getType()) {
            case RECORD ->
                    schema.getFields()
                            .forEach(field ->
                                    walk(field.schema(), path + "." + field.name(), seen, visit));
            case UNION -> schema.getTypes().forEach(branch -> walk(branch, path, seen, visit));
            case ARRAY -> walk(schema.getElementType(), path + "[]", seen, visit);
            case MAP -> walk(schema.getValueType(), path + "{}", seen, visit);
            case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
        }
    }

    private static Schema valueType(Schema schema) {
        if (schema.getType() != Schema.Type.UNION) {
            return schema;
        }
        return schema.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .findFirst()
                .orElse(schema);
    }

    private static boolean isNumber(Schema schema) {
        return switch (schema.getType()) {
            case BYTES, FIXED, STRING, INT, LONG, FLOAT, DOUBLE -> true;
            case RECORD, ENUM, ARRAY, MAP, UNION, BOOLEAN, NULL -> false;
        };
    }

    private static boolean isNamed(Schema schema) {
        return schema.getType() == Schema.Type.RECORD || schema.getType() == Schema.Type.ENUM;
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
