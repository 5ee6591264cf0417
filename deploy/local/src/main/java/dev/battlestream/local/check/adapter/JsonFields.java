package dev.battlestream.local.check.adapter;

import dev.battlestream.local.check.Fields;
import tools.jackson.databind.JsonNode;

/** JSON, field by field. */
final class JsonFields {

    private JsonFields() {}

    static Fields of(JsonNode object) {
        Fields.Builder fields = new Fields.Builder();
        object.properties().forEach(entry -> add(fields, entry.getKey(), entry.getValue()));
        return fields.build();
    }

    private static void add(Fields.Builder fields, String path, JsonNode value) {
        if (value.isObject()) {
            value.properties()
                    .forEach(entry -> add(fields, path + "." + entry.getKey(), entry.getValue()));
        } else if (value.isArray()) {
            for (int place = 0; place < value.size(); place++) {
                add(fields, path + "[" + place + "]", value.path(place));
            }
        } else if (value.isNumber()) {
            fields.text(path, Fields.number(value.decimalValue()));
        } else if (!value.isNull()) {
            fields.text(path, value.asString());
        }
    }
}
