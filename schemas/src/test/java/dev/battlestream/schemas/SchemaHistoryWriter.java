package dev.battlestream.schemas;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Writes the schema files; no test by itself, run by name only.
 *
 * <p>After a record was changed: {@code mvn -pl schemas test -Dtest=SchemaHistoryWriter
 * -Dbattlestream.schemas.write=pending}. For a release: the same with {@code =<version>}.
 */
class SchemaHistoryWriter {

    private static final String PROPERTY = "battlestream.schemas.write";

    @Test
    @EnabledIfSystemProperty(named = PROPERTY, matches = "pending|\\d+\\.\\d+\\.\\d+")
    void writeTheSchemasDown() throws Exception {
        SchemaFiles files = SchemaFiles.inSources();
        String target = System.getProperty(PROPERTY, "");
        if (target.equals("pending")) {
            files.writePending(Topics.all());
        } else {
            files.writeRelease(target, Topics.all());
        }
    }
}
