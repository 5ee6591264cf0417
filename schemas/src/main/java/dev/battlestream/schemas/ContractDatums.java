package dev.battlestream.schemas;

import io.apicurio.registry.serde.avro.DefaultAvroDatumProvider;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;

/**
 * Tells the Apicurio serde under which schema a record is written: the neutral one of the release
 * history, so that it makes no difference whether we, a deploy step or another team registers it.
 *
 * <p>The serde's own provider computes a schema's fingerprint for every record; this one looks the
 * schema object up.
 */
public final class ContractDatums<T> extends DefaultAvroDatumProvider<T> {

    private final Map<Schema, Schema> neutral = new ConcurrentHashMap<>();
    private final Map<Schema, DatumWriter<T>> writers = new ConcurrentHashMap<>();
    private final Map<Schema, DatumReader<T>> readers = new ConcurrentHashMap<>();

    @Override
    public Schema toSchema(T data) {
        return neutral.computeIfAbsent(super.toSchema(data), NeutralSchema::of);
    }

    @Override
    public DatumWriter<T> createDatumWriter(T data, Schema schema) {
        return writers.computeIfAbsent(schema, _ -> super.createDatumWriter(data, schema));
    }

    @Override
    public DatumReader<T> createDatumReader(Schema schema) {
        return readers.computeIfAbsent(schema, super::createDatumReader);
    }
}
