package dev.battlestream.schemas;

import io.apicurio.registry.resolver.config.SchemaResolverConfig;
import io.apicurio.registry.serde.avro.AvroKafkaDeserializer;
import io.apicurio.registry.serde.avro.AvroKafkaSerializer;
import io.apicurio.registry.serde.avro.AvroSerdeConfig;
import java.util.Map;

/**
 * How records are written to and read from topics: which serializer and deserializer classes, and
 * their settings. Any pair that speaks the Confluent wire format fits.
 *
 * @param serializer name of a class that implements Kafka's Serializer
 * @param deserializer name of a class that implements Kafka's Deserializer
 * @param properties settings handed to both
 */
public record SerdeSettings(
        String serializer, String deserializer, Map<String, Object> properties) {

    public SerdeSettings {
        if (serializer.isBlank() || deserializer.isBlank()) {
            throw new IllegalArgumentException("a serializer and a deserializer must be named");
        }
        properties = Map.copyOf(properties);
    }

    /**
     * The default: the Apicurio library against an Apicurio registry.
     *
     * @param registryUrl the registry's own API, for example http://127.0.0.1:8081/apis/registry/v3
     * @param autoRegister whether a writer may register its schema; true in local mode and tests
     *     only
     */
    public static SerdeSettings apicurio(String registryUrl, boolean autoRegister) {
        return new SerdeSettings(
                AvroKafkaSerializer.class.getName(),
                AvroKafkaDeserializer.class.getName(),
                Map.of(
                        // One subject for each topic with a complete schema, never references to
                        // further artifacts, which many clients cannot follow.
                        SchemaResolverConfig.DEREFERENCE_SCHEMA,
                        true,
                        SchemaResolverConfig.CANONICALIZE,
                        true,
                        AvroSerdeConfig.AVRO_DATUM_PROVIDER,
                        ContractDatums.class.getName(),
                        SchemaResolverConfig.REGISTRY_URL,
                        registryUrl,
                        SchemaResolverConfig.HTTP_ADAPTER,
                        "JDK",
                        SchemaResolverConfig.AUTO_REGISTER_ARTIFACT,
                        autoRegister,
                        // Without auto-registration the schema is found by its content, never
                        // guessed as the latest one.
                        SchemaResolverConfig.FIND_LATEST_ARTIFACT,
                        false,
                        // A schema id never changes its meaning: known ones outlive an outage of
                        // the registry.
                        SchemaResolverConfig.CHECK_PERIOD_MS,
                        "86400000",
                        SchemaResolverConfig.FAULT_TOLERANT_REFRESH,
                        true,
                        AvroSerdeConfig.USE_SPECIFIC_AVRO_READER,
                        true));
    }
}
