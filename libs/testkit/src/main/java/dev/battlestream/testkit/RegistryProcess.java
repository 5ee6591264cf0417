package dev.battlestream.testkit;

import java.nio.file.Path;

/** The Apicurio schema registry, keeping its schemas in PostgreSQL or in a file of its own. */
public final class RegistryProcess extends ServerProcess {

    /** Where the registry keeps its schemas. */
    public sealed interface Storage {
        /** A PostgreSQL database that exists. */
        record Postgres(String jdbcUrl, String user, String password) implements Storage {}

        /** A small embedded database in the given folder; no other server is needed. */
        record Embedded(Path folder) implements Storage {}
    }

    private final InfraHome home;
    private final Storage storage;
    private final int managementPort;
    private final String heap;
    private final Lifetime lifetime;

    /**
     * Describes a registry; nothing is started yet.
     *
     * @param port of the API
     * @param managementPort of health and metrics
     * @param heap the JVM's maximum, such as {@code 192m}
     */
    public RegistryProcess(
            InfraHome home,
            Storage storage,
            int port,
            int managementPort,
            String heap,
            Path log,
            Lifetime lifetime) {
        super("registry", port, log);
        this.home = home;
        this.storage = storage;
        this.managementPort = managementPort;
        this.heap = heap;
        this.lifetime = lifetime;
    }

    /** The registry's native API. */
    public String url() {
        return "http://127.0.0.1:" + port() + "/apis/registry/v3";
    }

    /** The API that Confluent's clients speak. */
    public String confluentUrl() {
        return "http://127.0.0.1:" + port() + "/apis/ccompat/v7";
    }

    @Override
    ForkedProcess fork() {
        JavaProcess java =
                JavaProcess.jar(home.registryJar())
                        .jvm("-Xms48m", "-Xmx" + heap, "-XX:+UseSerialGC")
                        .jvm("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED")
                        .jvm("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port())
                        .jvm("-Dquarkus.management.host=127.0.0.1")
                        .jvm("-Dquarkus.management.port=" + managementPort)
                        .jvm("-Dquarkus.log.level=WARN", "-Dquarkus.banner.enabled=false")
                        // Its worker threads reach into java.lang and die without this.
                        .jvm("--add-opens=java.base/java.lang=ALL-UNNAMED")
                        .jvm("-Dapicurio.storage.kind=sql")
                        // What the contract promises: every version works with every other.
                        .jvm("-Dapicurio.rules.global.compatibility=FULL_TRANSITIVE")
                        .jvm("-Dapicurio.datasource.jdbc.initial-size=1")
                        .jvm("-Dapicurio.datasource.jdbc.min-size=1")
                        .jvm("-Dapicurio.datasource.jdbc.max-size=10")
                        .workingDirectory(home.registry())
                        .log(log())
                        .lifetime(lifetime);
        switch (storage) {
            case Storage.Postgres(String jdbcUrl, String user, String password) ->
                    java.jvm("-Dapicurio.storage.sql.kind=postgresql")
                            .jvm("-Dapicurio.datasource.url=" + jdbcUrl)
                            .jvm("-Dapicurio.datasource.username=" + user)
                            .env("APICURIO_DATASOURCE_PASSWORD", password);
            case Storage.Embedded(Path folder) ->
                    java.jvm("-Dapicurio.storage.sql.kind=h2")
                            .jvm(
                                    "-Dapicurio.datasource.url=jdbc:h2:file:"
                                            + folder.toAbsolutePath().resolve("registry")
                                            // A kill must not lose what was answered.
                                            + ";WRITE_DELAY=0");
        }
        return java.start();
    }

    @Override
    boolean answers() {
        return Probe.accepts(port()) && Probe.ok(managementPort, "/health/ready");
    }
}
