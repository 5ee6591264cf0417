package dev.battlestream.report.battle.adapter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.message.SchemaStore;

/**
 * How earlier versions kept their rows: {@code stored/<version>/<record>.avsc} on the class path. A
 * store outlives an upgrade, so a record that gains a field leaves its schema there.
 */
final class OlderRows {

    private static final List<String> VERSIONS = List.of("0.1.0");

    private OlderRows() {}

    /** The schemas of a record in earlier versions; none for one that has never changed. */
    static SchemaStore of(Class<?> type) {
        SchemaStore.Cache older = new SchemaStore.Cache();
        for (String version : VERSIONS) {
            String file = "/stored/" + version + "/" + type.getSimpleName() + ".avsc";
            try (InputStream in = OlderRows.class.getResourceAsStream(file)) {
                if (in != null) {
                    older.addSchema(new Schema.Parser().parse(in));
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
        return older;
    }
}
