package dev.battlestream.schemas;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.message.SchemaStore;

/**
 * The schemas of every released version, as other languages use them: {@code
 * schemas/released/<version>/<topic>-value.avsc} on the class path, and the versions in {@code
 * schemas/released/versions}, oldest first.
 */
public final class ReleasedSchemas {

    static final String FOLDER = "/schemas/released/";

    /** Built on first use and never changed afterwards, so threads may share it. */
    private static final class ByRecord {
        static final Map<String, SchemaStore> STORES = stores();
    }

    private ReleasedSchemas() {}

    /** The released versions, oldest first. */
    public static List<String> versions() {
        return text(FOLDER + "versions").orElse("").lines().toList();
    }

    /** The schema of a topic's values in a released version; empty if it had no such topic. */
    public static Optional<Schema> schema(String version, Topic<?> topic) {
        return text(FOLDER + version + "/" + topic.subject() + ".avsc")
                .map(json -> new Schema.Parser().parse(json));
    }

    /** Every released schema of a record class; none for one that no topic carries. */
    static SchemaStore of(Class<?> recordType) {
        return ByRecord.STORES.getOrDefault(recordType.getName(), _ -> null);
    }

    private static Map<String, SchemaStore> stores() {
        Map<String, SchemaStore> stores = new HashMap<>();
        for (Topic<?> topic : Topics.all()) {
            SchemaStore.Cache store = new SchemaStore.Cache();
            versions().forEach(version -> schema(version, topic).ifPresent(store::addSchema));
            stores.put(topic.valueType().getName(), store);
        }
        return stores;
    }

    private static Optional<String> text(String resource) {
        try (InputStream in = ReleasedSchemas.class.getResourceAsStream(resource)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
