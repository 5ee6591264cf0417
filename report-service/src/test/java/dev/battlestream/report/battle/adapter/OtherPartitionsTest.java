package dev.battlestream.report.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.TopicCreation;
import dev.battlestream.testkit.FreePorts;
import dev.battlestream.testkit.Infra;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report service that is told another number of partitions than the platform has. */
class OtherPartitionsTest {

    private static final Map<String, Object> BROKER =
            Map.of("bootstrap.servers", Infra.shared().bootstrapServers());

    @Test
    void itSaysSoAndIsNotReadyAndTheTopicsStayAsTheyAre(@TempDir Path state) {
        TopicCreation.ensure(BROKER, ReportFork.PARTITIONS, (short) 1, LogRetention.DEFAULT);

        try (ReportFork service =
                ReportFork.launch(
                        "other-partitions",
                        FreePorts.next(),
                        state,
                        "--battlestream.report.partitions=" + (ReportFork.PARTITIONS + 1))) {
            HttpResponse<String> readiness =
                    await().atMost(Duration.ofSeconds(60))
                            .ignoreExceptionsInstanceOf(UncheckedIOException.class)
                            .until(
                                    () -> service.get("/actuator/health/readiness"),
                                    answer -> answer.body().contains("refused"));

            assertThat(readiness.statusCode()).isEqualTo(503);
            assertThat(readiness.body())
                    .contains("has 3 partitions, but BATTLESTREAM_PARTITIONS is 4");
            assertThat(service.get("/internal/battles/x").statusCode()).isEqualTo(503);
        }

        // Throws if there were more of them by now.
        TopicCreation.ensure(BROKER, ReportFork.PARTITIONS, (short) 1, LogRetention.DEFAULT);
    }
}
