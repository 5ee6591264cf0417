package dev.battlestream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;

class ContainersTest {

    @Test
    void theSameServersRunAsContainers() throws Exception {
        assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "Docker is not running here: containers are not tested");
        Infra infra = new ContainerInfra();
        try {
            try (Admin admin =
                    Admin.create(Map.of("bootstrap.servers", infra.bootstrapServers()))) {
                assertThat(admin.describeCluster().nodes().get()).hasSize(1);
            }
            try (Connection connection =
                    DriverManager.getConnection(
                            infra.freshDatabase(), infra.jdbcUser(), infra.jdbcPassword())) {
                assertThat(connection.isValid(5)).isTrue();
            }
            assertThat(infra.registryUrl()).endsWith("/apis/registry/v3");
        } catch (ContainerFetchException e) {
            abort("The images cannot be pulled here: containers are not tested");
        }
    }
}
