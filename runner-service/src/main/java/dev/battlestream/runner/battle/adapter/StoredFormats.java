package dev.battlestream.runner.battle.adapter;

import dev.battlestream.schemas.StoredAvro;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificRecord;

/**
 * The formats in which released versions keep records in their stores: {@code
 * stored/<version>/<record>.avsc} on the class path, and the versions in {@code stored/versions},
 * oldest first. A store outlives an upgrade, so every one of them stays readable.
 */
public final class StoredFormats {

    private static final String FOLDER = "/stored/";

    private StoredFormats() {}

    /** The serde of a record that only the stores hold. */
    public static <T extends SpecificRecord> StoredAvro<T> of(Class<T> type) {
        SchemaStore.Cache released = new SchemaStore.Cache();
        versions().forEach(version -> released(version, type).ifPresent(released::addSchema));
        return StoredAvro.of(type, released);
    }

    static List<String> versions() {
        return text(FOLDER + "versions").orElseThrow().lines().toList();
    }

    /** How a version keeps the record; empty if it had no such record. */
    static Optional<Schema> released(String version, Class<?> type) {
        return text(FOLDER + version + "/" + type.getSimpleName() + ".avsc")
                .map(json -> new Schema.Parser().parse(json));
    }

    private static Optional<String> text(String resource) {
        try (InputStream in = StoredFormats.class.getResourceAsStream(resource)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + resource, e);
        }
    }
}
