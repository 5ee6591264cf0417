package dev.battlestream.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalInt;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.ClassSecurityValidator;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** Makes the serdes of the contract's topics. */
public final class EventSerdes {

    private static final String TRUSTED_PACKAGE = "dev.battlestream.";

    static {
        trustOwnRecords();
    }

    private final SerdeSettings settings;

    public EventSerdes(SerdeSettings settings) {
        this.settings = settings;
    }

    /**
     * Lets Avro instantiate the record classes of this project and no others beyond its own
     * defaults. Avro asks for this once per process, before the first record is read.
     */
    public static void trustOwnRecords() {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(
                        ClassSecurityValidator.DEFAULT,
                        type -> type.getName().startsWith(TRUSTED_PACKAGE)));
    }

    /**
     * A new serde for the values of a topic, in the Confluent wire format. The caller closes it.
     *
     * @throws IllegalStateException if a configured class is missing or is no serializer
     */
    @SuppressWarnings("unchecked") // what the classes make of bytes is checked record by record
    public <V extends SpecificRecord> Serde<V> values(Topic<V> topic) {
        Serializer<V> serializer = instance(settings.serializer(), Serializer.class);
        Deserializer<V> deserializer = instance(settings.deserializer(), Deserializer.class);
        serializer.configure(settings.properties(), false);
        deserializer.configure(settings.properties(), false);
        return Serdes.serdeFrom(serializer, new OneType<>(deserializer, topic.valueType()));
    }

    /**
     * Whether a record can be encoded at all. No registry is asked: what a topic's serializer
     * throws for a record that can be encoded may pass.
     *
     * @return false for a record that Avro refuses, for example for an amount of too many digits
     */
    public static boolean isEncodable(SpecificRecord record) {
        return encodedBytes(record).isPresent();
    }

    /**
     * How many bytes a record takes when it is encoded. What was read may take more than it did:
     * bytes that are no UTF-8 become longer ones.
     *
     * @return empty for a record that Avro refuses
     */
    public static OptionalInt encodedBytes(SpecificRecord record) {
        try {
            SpecificData data = SpecificData.getForClass(record.getClass());
            var writer = new SpecificDatumWriter<SpecificRecord>(record.getSchema(), data);
            var bytes = new ByteArrayOutputStream();
            var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
            writer.write(record, encoder);
            encoder.flush();
            return OptionalInt.of(bytes.size());
        } catch (IOException | RuntimeException _) {
            return OptionalInt.empty();
        }
    }

    private static <T> T instance(String className, Class<T> type) {
        try {
            return Utils.newInstance(className, type);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("serde class not found: " + className, e);
        }
    }
}
