package dev.battlestream.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.SchemaStore;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Serde for records in state stores: Avro's single-object encoding, which is bare Avro behind ten
 * bytes that name the writer's schema. No registry is asked on the hot path, and a store that an
 * older version wrote stays readable as long as that version's schema is known.
 */
public final class StoredAvro<T extends SpecificRecord> implements Serde<T> {

    private final BinaryMessageEncoder<T> encoder;
    private final BinaryMessageDecoder<T> decoder;

    private StoredAvro(BinaryMessageEncoder<T> encoder, BinaryMessageDecoder<T> decoder) {
        this.encoder = encoder;
        this.decoder = decoder;
    }

    /**
     * The serde of a record class. Of a record that a topic carries every released version is
     * readable, of another one only what this version writes.
     */
    public static <T extends SpecificRecord> StoredAvro<T> of(Class<T> type) {
        return of(type, ReleasedSchemas.of(type));
    }

    /**
     * The serde of a record class.
     *
     * @param older schemas of earlier versions that may still lie in a store
     */
    public static <T extends SpecificRecord> StoredAvro<T> of(Class<T> type, SchemaStore older) {
        EventSerdes.trustOwnRecords();
        SpecificData data = SpecificData.getForClass(type);
        var schema = data.getSchema(type);
        return new StoredAvro<>(
                new BinaryMessageEncoder<>(data, schema, true),
                new BinaryMessageDecoder<>(data, schema, older));
    }

    @Override
    public Serializer<T> serializer() {
        return (topic, value) -> value == null ? null : encode(value);
    }

    @Override
    public Deserializer<T> deserializer() {
        return (topic, bytes) -> bytes == null ? null : decode(bytes);
    }

    /** The record as bytes. */
    public byte[] encode(T value) {
        try {
            ByteBuffer buffer = encoder.encode(value);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot encode " + value.getSchema().getName(), e);
        }
    }

    /**
     * The record of the bytes.
     *
     * @throws SerializationException if the bytes are damaged or their schema is unknown
     */
    public T decode(byte[] bytes) {
        try {
            return decoder.decode(bytes, null);
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("cannot decode a stored record", e);
        }
    }

    /** Like {@link #decode}, but null stays null: what a store answers for an absent key. */
    public @Nullable T decodeNullable(byte @Nullable [] bytes) {
        return bytes == null ? null : decode(bytes);
    }
}
