package dev.battlestream.bench;

import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.SerdeSettings;
import picocli.CommandLine.Option;

/** Where the platform is. */
final class Target {

    @Option(
            names = "--bootstrap-servers",
            defaultValue = "127.0.0.1:9092",
            description = "Kafka, default ${DEFAULT-VALUE}")
    String bootstrapServers = "";

    @Option(
            names = "--registry",
            defaultValue = "http://127.0.0.1:8081/apis/registry/v3",
            description = "schema registry, default ${DEFAULT-VALUE}")
    String registry = "";

    EventSerdes serdes() {
        return new EventSerdes(SerdeSettings.apicurio(registry, true));
    }
}
