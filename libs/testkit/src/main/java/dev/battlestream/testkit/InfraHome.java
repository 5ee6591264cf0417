package dev.battlestream.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the build of {@code libs/infra} laid out the servers. */
public record InfraHome(Path folder) {

    /** The system property that names the folder. */
    public static final String PROPERTY = "battlestream.infra.home";

    /**
     * Takes the folder from the system property, else looks for {@code libs/infra/target/infra} in
     * the working directory and above.
     *
     * @throws IllegalStateException when it has not been built
     */
    public static InfraHome find() {
        String configured = System.getProperty(PROPERTY);
        if (configured != null && !configured.isBlank()) {
            return new InfraHome(Path.of(configured).toAbsolutePath()).checked();
        }
        for (@Nullable Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path candidate = at.resolve("libs/infra/target/infra");
            if (Files.isDirectory(candidate)) {
                return new InfraHome(candidate).checked();
            }
        }
        throw new IllegalStateException(
                "The servers are not laid out: run mvn -pl libs/infra process-resources");
    }

    /**
     * The servers in a known folder.
     *
     * @throws IllegalStateException when it has not been built
     */
    public static InfraHome at(Path folder) {
        return new InfraHome(folder.toAbsolutePath()).checked();
    }

    private InfraHome checked() {
        if (!Files.isDirectory(kafkaLib()) || !Files.isRegularFile(registryJar())) {
            throw new IllegalStateException(
                    "No servers in " + folder + ": run mvn -pl libs/infra process-resources");
        }
        return this;
    }

    Path kafkaLib() {
        return folder.resolve("kafka/lib");
    }

    Path registry() {
        return folder.resolve("registry");
    }

    Path registryJar() {
        return registry().resolve("quarkus-run.jar");
    }

    Path postgres() {
        return folder.resolve("postgres");
    }

    /** Records of running servers, so that a later run can end what an earlier one left behind. */
    Path runs() {
        return folder.resolve("runs");
    }
}
