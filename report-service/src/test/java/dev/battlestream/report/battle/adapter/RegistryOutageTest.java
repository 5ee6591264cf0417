package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.testkit.Infra;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that is away holds the views up; it loses them nothing. */
class RegistryOutageTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    // Its own log, so that an earlier run's is not read.
    private final String instance = "outage-" + UUID.randomUUID();
    private final String id = UUID.randomUUID().toString();

    @Test
    void readingGoesOnOnceTheRegistryIsBack(@TempDir Path state) throws IOException {
        URI registry = URI.create(Infra.shared().registryUrl());
        try (TcpRelay relay = new TcpRelay(registry.getPort());
                ReportFork service =
                        ReportFork.start(
                                instance,
                                state,
                                "--battlestream.report.registry.url=http://127.0.0.1:"
                                        + relay.port()
                                        + registry.getPath());
                Publisher publisher = new Publisher()) {
            publisher.publish(Records.requested(id));
            publisher.publish(Records.agent(id, 1, 1));
            await().atMost(SOON).until(() -> threadsReplaced() >= 2);
            assertThat(status(service)).isNotEqualTo(200);

            relay.open();

            await().atMost(SOON).until(() -> status(service) == 200);
            await().atMost(SOON)
                    .until(() ->
                            service.json("/internal/battles/" + id)
                                    .path("state")
                                    .asString()
                                    .equals("running"));
        }
    }

    private int status(ReportFork service) {
        return service.get("/internal/battles/" + id).statusCode();
    }

    /** How often the service's log says that a stream thread died. */
    private long threadsReplaced() throws IOException {
        return Files.readString(ReportFork.log(instance))
                .lines()
                .filter(line -> line.contains("a stream thread died and is replaced"))
                .count();
    }
}
