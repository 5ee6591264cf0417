package dev.battlestream.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

/**
 * The real servers a test talks to, shared by everything in one test JVM.
 *
 * <p>Each server starts when it is first asked for, and only that one. They listen on free ports of
 * the loopback interface, hold their data in a temporary folder under the module's build folder
 * (their logs stay in {@code target/infra-logs}) and end with the JVM, even when it is killed.
 *
 * <p>The system property {@code battlestream.infra} chooses between {@code processes} (the default:
 * forked servers laid out by {@code libs/infra}) and {@code containers} (Testcontainers).
 */
public sealed interface Infra permits ProcessInfra, ContainerInfra {

    /** The system property that chooses the kind. */
    String PROPERTY = "battlestream.infra";

    /**
     * The one instance of this JVM.
     *
     * @throws IllegalStateException when the property names no kind
     */
    static Infra shared() {
        return SharedInfra.INSTANCE;
    }

    /** The broker's address; starts Kafka. */
    String bootstrapServers();

    /** The registry's native API, {@code …/apis/registry/v3}; starts the registry. */
    String registryUrl();

    /** The API that Confluent's clients speak, {@code …/apis/ccompat/v7}; starts the registry. */
    String confluentRegistryUrl();

    /** The JDBC address of the shared database; starts PostgreSQL. */
    String jdbcUrl();

    /** The owner of every database. */
    String jdbcUser();

    /** The password of {@link #jdbcUser}. */
    String jdbcPassword();

    /** The JDBC address of another database of the same server. */
    String jdbcUrl(String database);

    /** Creates an empty database and answers its JDBC address; starts PostgreSQL. */
    default String freshDatabase() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        try (Connection connection =
                        DriverManager.getConnection(jdbcUrl(), jdbcUser(), jdbcPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("No database can be created", e);
        }
        return jdbcUrl(name);
    }
}
