package dev.battlestream.testkit;

import dev.battlestream.schemas.SerdeSettings;
import dev.battlestream.schemas.StoredAvro;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * Serdes of the contract's topics that need no registry, for tests of a topology without servers.
 * Not the wire format.
 */
public final class PlainAvro {

    private PlainAvro() {}

    /** Settings that name these serdes. */
    public static SerdeSettings settings() {
        return new SerdeSettings(
                Serializer.class.getName(), Deserializer.class.getName(), Map.of());
    }

    private static <V extends SpecificRecord> Serde<V> stored(Class<V> type) {
        return StoredAvro.of(type);
    }

    private static Topic<?> topic(String name) {
        return Topics.all().stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no topic " + name));
    }

    /** Writes the records of the topic that it is asked for. */
    public static final class Serializer
            implements org.apache.kafka.common.serialization.Serializer<SpecificRecord> {

        @Override
        @SuppressWarnings("unchecked") // the record says its own class
        public byte[] serialize(String topic, SpecificRecord value) {
            Class<SpecificRecord> type = (Class<SpecificRecord>) value.getClass();
            return stored(type).serializer().serialize(topic, value);
        }
    }

    /** Reads the records of the topic that it is asked for. */
    public static final class Deserializer
            implements org.apache.kafka.common.serialization.Deserializer<SpecificRecord> {

        @Override
        public SpecificRecord deserialize(String topic, byte[] bytes) {
            return stored(topic(topic).valueType()).deserializer().deserialize(topic, bytes);
        }
    }
}
