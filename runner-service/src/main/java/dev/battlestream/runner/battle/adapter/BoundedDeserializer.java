package dev.battlestream.runner.battle.adapter;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a record that is too large before it is decoded; it then goes to the dead letters as it
 * is. The broker bounds compressed records only.
 *
 * @param maxBytes of a value, unpacked
 */
public record BoundedDeserializer<V>(Deserializer<V> inner, int maxBytes)
        implements Deserializer<V> {

    @Override
    public V deserialize(String topic, byte @Nullable [] data) {
        refuseOversize(data);
        return inner.deserialize(topic, data);
    }

    @Override
    public V deserialize(String topic, Headers headers, byte @Nullable [] data) {
        refuseOversize(data);
        return inner.deserialize(topic, headers, data);
    }

    @Override
    public void close() {
        inner.close();
    }

    private void refuseOversize(byte @Nullable [] data) {
        if (data != null && data.length > maxBytes) {
            throw new SerializationException(
                    "the record has %d bytes, at most %d are read"
                            .formatted(data.length, maxBytes));
        }
    }
}
