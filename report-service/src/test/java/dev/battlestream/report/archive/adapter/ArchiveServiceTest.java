package dev.battlestream.report.archive.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.RunEndReason;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.report.battle.adapter.Publisher;
import dev.battlestream.report.battle.adapter.Records;
import dev.battlestream.report.battle.adapter.ReportFork;
import dev.battlestream.report.scale.adapter.RunRecords;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.FreePorts;
import dev.battlestream.testkit.InfraHome;
import dev.battlestream.testkit.Lifetime;
import dev.battlestream.testkit.PostgresProcess;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/** The service with an archive that comes late, goes away and is filled twice. */
class ArchiveServiceTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int BATTLES = 120;

    private final String agent = "agent-" + UUID.randomUUID();
    private final String list = "/internal/battles?agentId=" + agent;

    @Test
    void theArchiveCatchesUpHoweverOftenPostgresIsAwayAndNothingElseNotices(@TempDir Path folder) {
        PostgresProcess postgres =
                new PostgresProcess(
                        InfraHome.find(),
                        folder.resolve("postgres"),
                        FreePorts.next(),
                        List.of("archive"),
                        folder.resolve("postgres.log"),
                        Lifetime.ENDS_WITH_PARENT);
        List<String> ids = new ArrayList<>();
        try (Publisher publisher = new Publisher();
                ReportFork service = start("archive-1", folder.resolve("1"), postgres, "one")) {
            publish(publisher, ids, 0, 20);
            awaitSeen(service, ids.getLast());
            assertAway(service);

            postgres.start();
            postgres.awaitReady(SOON);
            awaitArchived(service, ids);

            assertAllFaultsAreNamed(service);
            assertRunsAreListed(service, publisher);

            publisher.publish(
                    Topics.BATTLE_OUTCOMES.name(),
                    UUID.randomUUID().toString(),
                    "no record".getBytes(StandardCharsets.UTF_8));
            publish(publisher, ids, 20, 60);
            postgres.kill();
            publish(publisher, ids, 60, BATTLES);
            awaitSeen(service, ids.getLast());
            assertAway(service);
            await().atMost(SOON)
                    .until(() -> service.metric("battlestream_report_archive_failures_total") > 0);
            await().atMost(SOON).until(() -> service.metric("battlestream_report_archive_lag") > 0);

            postgres.start();
            postgres.awaitReady(SOON);
            awaitArchived(service, ids);
            await().atMost(SOON)
                    .until(() -> service.metric("battlestream_report_archive_lag") == 0);
            assertThat(
                            service.metric(
                                    "battlestream_report_archive_dropped_total{reason=\"unreadable\"}"))
                    .isGreaterThanOrEqualTo(1);
            List<@Nullable String> table = table(postgres);

            // Another group brings the whole log again into the same table.
            try (ReportFork again = start("archive-2", folder.resolve("2"), postgres, "two")) {
                await().atMost(SOON)
                        .until(() ->
                                again.metric("battlestream_report_archive_lag") == 0
                                        && again.metric("battlestream_report_archive_dropped_total")
                                                >= 2 * BATTLES);
                assertThat(again.metric("battlestream_report_archive_records_total")).isZero();
            }
            assertThat(table(postgres)).isEqualTo(table);
        } finally {
            postgres.kill();
        }
    }

    /** Requests and outcomes, every third outcome before its request, every fifth one twice. */
    private void publish(Publisher publisher, List<String> ids, int from, int to) {
        for (int i = from; i < to; i++) {
            String id = UUID.randomUUID().toString();
            ids.add(id);
            BattleRequested requested =
                    BattleRequested.newBuilder(Records.requested(id))
                            .setAgentId(agent)
                            .setRequestedAt(Records.START.plusSeconds(i))
                            .build();
            BattleEnded ended = Records.ended(id, EndReason.GOAL, 1, 1, 1);
            if (i % 3 == 0) {
                publisher.publish(ended);
                publisher.publish(requested);
            } else {
                publisher.publish(requested);
                publisher.publish(ended);
            }
            if (i % 5 == 0) {
                publisher.publish(Records.ended(id, EndReason.MANUAL, 9, 9, 9));
            }
        }
    }

    private static ReportFork start(
            String instance, Path state, PostgresProcess postgres, String group) {
        return ReportFork.start(
                instance,
                state,
                "--spring.datasource.url=" + postgres.jdbcUrl("archive"),
                "--battlestream.report.archive.group=" + group + "-" + UUID.randomUUID(),
                "--battlestream.report.archive.batch=20",
                "--battlestream.report.archive.retry-to=1s");
    }

    private static void awaitSeen(ReportFork service, String id) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(
                                        service.json("/internal/battles/" + id)
                                                .path("endedReason")
                                                .asString())
                                .isEqualTo("goal"));
    }

    private void assertAway(ReportFork service) {
        HttpResponse<String> answer = service.get(list);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(ReportFork.parse(answer.body()).path("code").asString())
                .isEqualTo("archive_unavailable");
        assertThat(service.get("/internal/runs").statusCode()).isEqualTo(503);
        assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
    }

    private static void assertRunsAreListed(ReportFork service, Publisher publisher) {
        String id = UUID.randomUUID().toString();
        // Younger than all others.
        Instant at = Instant.parse("2040-01-01T00:00:00Z");
        publisher.publish(RunRecords.outcome(id, RunEndReason.BUDGET, 2));
        publisher.publish(
                ScaleRunRequested.newBuilder(RunRecords.requested(id, 3))
                        .setRequestedAt(at)
                        .build());

        await().atMost(SOON)
                .untilAsserted(() -> {
                    JsonNode run =
                            service.json("/internal/runs?state=completed&limit=1")
                                    .path("runs")
                                    .path(0);
                    assertThat(run.path("runId").asString()).isEqualTo(id);
                    assertThat(run.path("requestedAt").asString()).isEqualTo(at.toString());
                });
        JsonNode page = service.json("/internal/runs?limit=1");
        JsonNode run = page.path("runs").path(0);
        assertThat(run.path("state").asString()).isEqualTo("completed");
        assertThat(run.path("endedReason").asString()).isEqualTo("budget");
        assertThat(run.path("total").asInt()).isEqualTo(3);
        assertThat(run.path("launched").asInt()).isEqualTo(2);
        assertThat(run.path("goals").asInt()).isEqualTo(1);
        assertThat(run.path("costUsd").asString()).isEqualTo("0.06");
        assertThat(run.path("clientId").asString()).isEqualTo("client");

        HttpResponse<String> refused = service.get("/internal/runs?limit=0&state=won&cursor=c");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(ReportFork.parse(refused.body()).path("errors").findValuesAsString("field"))
                .containsExactly("state", "cursor", "limit");
    }

    private static void assertAllFaultsAreNamed(ReportFork service) {
        HttpResponse<String> answer = service.get("/internal/battles?limit=0&state=won&cursor=c");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode problem = ReportFork.parse(answer.body());
        assertThat(problem.path("code").asString()).isEqualTo("invalid_request");
        assertThat(problem.path("errors").findValuesAsString("field"))
                .containsExactly("state", "cursor", "limit");
    }

    private void awaitArchived(ReportFork service, List<String> ids) {
        await().atMost(SOON)
                .untilAsserted(() -> {
                    HttpResponse<String> answer = service.get(list + "&state=completed&limit=200");
                    assertThat(answer.statusCode()).isEqualTo(200);
                    Set<String> archived = new HashSet<>();
                    JsonNode battles = ReportFork.parse(answer.body()).path("battles");
                    battles.forEach(row -> {
                        assertThat(row.path("endedReason").asString()).isEqualTo("goal");
                        archived.add(row.path("battleId").asString());
                    });
                    assertThat(archived).isEqualTo(Set.copyOf(ids));
                    assertThat(battles.size()).isEqualTo(ids.size());
                    assertThat(battles.get(0).path("battleId").asString()).isEqualTo(ids.getLast());
                });
    }

    private static List<@Nullable String> table(PostgresProcess postgres) {
        return JdbcClient.create(
                        new DriverManagerDataSource(
                                postgres.jdbcUrl("archive"),
                                PostgresProcess.USER,
                                PostgresProcess.PASSWORD))
                .sql("SELECT c::text FROM report.conversation c ORDER BY battle_id")
                .query(String.class)
                .list();
    }
}
