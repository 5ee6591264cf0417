package dev.battlestream.schemas;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Refuses records of another type than the topic's: anyone may write to a topic, and a well-formed
 * record of a wrong type is as undecodable as noise.
 */
final class OneType<V> implements Deserializer<V> {

    private final Deserializer<?> wire;
    private final Class<V> type;

    OneType(Deserializer<?> wire, Class<V> type) {
        this.wire = wire;
        this.type = type;
    }

    @Override
    public @Nullable V deserialize(String topic, byte @Nullable [] data) {
        return checked(topic, wire.deserialize(topic, data));
    }

    @Override
    public @Nullable V deserialize(String topic, Headers headers, byte @Nullable [] data) {
        return checked(topic, wire.deserialize(topic, headers, data));
    }

    private @Nullable V checked(String topic, @Nullable Object value) {
        if (value != null && !type.isInstance(value)) {
            throw new SerializationException(
                    "%s carries %s, not %s"
                            .formatted(topic, type.getSimpleName(), value.getClass().getName()));
        }
        return type.cast(value);
    }

    @Override
    public void close() {
        wire.close();
    }
}
