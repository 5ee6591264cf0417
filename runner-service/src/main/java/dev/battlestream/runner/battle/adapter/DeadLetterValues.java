package dev.battlestream.runner.battle.adapter;

import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** The bytes that an impossible record is dead-lettered with: those of its own topic. */
@FunctionalInterface
public interface DeadLetterValues {

    byte @Nullable [] bytes(String topic, @Nullable SpecificRecord value);

    /**
     * Null where a record cannot be written: Avro reads numbers that it does not write. The dead
     * letter's headers still say where the record lies.
     *
     * @param serializers by topic
     */
    static DeadLetterValues by(Map<String, Serializer<SpecificRecord>> serializers) {
        return (topic, value) -> {
            Serializer<SpecificRecord> serializer = serializers.get(topic);
            if (value == null || serializer == null) {
                return null;
            }
            try {
                return serializer.serialize(topic, value);
            } catch (RuntimeException _) {
                return null;
            }
        };
    }
}
