package dev.battlestream.schemas;

import org.apache.avro.Schema;

/** Schemas as other languages know them: without the notes that Avro makes for Java. */
final class NeutralSchema {

    // How Avro prints "read this as java.lang.String"; within a text the quotes would be escaped.
    private static final String JAVA_STRING = "\"avro.java.string\":\"String\"";

    private NeutralSchema() {}

    /** The same schema, complete and with its documentation, but with nothing of Java. */
    static Schema of(Schema schema) {
        String json =
                schema.toString()
                        .replace("{\"type\":\"string\"," + JAVA_STRING + "}", "\"string\"")
                        .replace("," + JAVA_STRING, "");
        return new Schema.Parser().parse(json);
    }
}
