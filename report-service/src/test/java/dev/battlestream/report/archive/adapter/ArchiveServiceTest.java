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
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/**
 * The service with an archive that comes late, goes away twice and is filled twice.
 *
 * <p>Small by default; {@code -Dbattlestream.archive.battles=10000} is the whole size.
 */
class ArchiveServiceTest {

    private static final int BATTLES = Integer.getInteger("battlestream.archive.battles", 120);
    private static final Duration SOON = Duration.ofSeconds(60 + BATTLES / 50);

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
            publish(publisher, ids, 20, BATTLES / 2);
            postgres.kill();
            publish(publisher, ids, BATTLES / 2, BATTLES * 3 / 4);
            awaitSeen(service, ids.getLast());
            assertAway(service);
            await().atMost(SOON)
                    .until(() -> service.metric("battlestream_report_archive_failures_total") > 0);
            await().atMost(SOON).until(() -> service.metric("battlestream_report_archive_lag") > 0);

            postgres.start();
            postgres.awaitReady(SOON);
            awaitArchived(postgres, BATTLES * 5 / 8);
            postgres.kill();
            publish(publisher, ids, BATTLES * 3 / 4, BATTLES);
            postgres.start();
            postgres.awaitReady(SOON);
            awaitArchived(postgres, BATTLES);
            await().atMost(SOON)
                    .until(() -> service.metric("battlestream_report_archive_lag") == 0);
            assertThat(
                            service.metric(
                                    "battlestream_report_archive_dropped_total{reason=\"unreadable\"}"))
                    .isGreaterThanOrEqualTo(1);
            assertItSaysHowFarItIs(service);
            assertTheTablesSayWhatTheTopicsSay(postgres);
            assertViewAndArchiveAgree(service, ids);
            assertWhatLeftTheViewsAnswersTheSame(service, postgres, ids.getFirst());
            List<@Nullable String> table = table(postgres);

            // Another group brings the whole log again into the same table.
            try (ReportFork again = start("archive-2", folder.resolve("2"), postgres, "two")) {
                await().atMost(SOON)
                        .until(() ->
                                again.metric("battlestream_report_archive_lag") == 0
                                        && again.metric("battlestream_report_archive_dropped_total")
                                                >= 7 * BATTLES);
                assertThat(again.metric("battlestream_report_archive_records_total")).isZero();
            }
            assertThat(table(postgres)).isEqualTo(table);

            String archived = "/internal/battles/" + ids.getLast() + "?source=archive";
            await().atMost(SOON).until(() -> service.get(archived).statusCode() == 200);
            publisher.publish(Records.deletion(ids.getLast()));
            await().atMost(SOON).until(() -> service.get(archived).statusCode() == 404);
        } finally {
            postgres.kill();
        }
    }

    /**
     * Battles of three messages and two verdicts; every third outcome comes before its request,
     * every fifth one and its last message come twice, and every seventh battle has a turn that
     * failed behind its end.
     */
    private void publish(Publisher publisher, List<String> ids, int from, int to) {
        for (int i = from; i < to; i++) {
            String id = UUID.randomUUID().toString();
            ids.add(id);
            BattleRequested requested =
                    BattleRequested.newBuilder(Records.requested(id))
                            .setAgentId(agent)
                            .setRequestedAt(Records.START.plusSeconds(i))
                            .build();
            BattleEnded ended = Records.ended(id, EndReason.GOAL, 2, 3, 2);
            publisher.publishSoon(i % 3 == 0 ? ended : requested);
            publisher.publishSoon(Records.agent(id, 1, 1));
            publisher.publishSoon(Records.verdict(id, 1, 1));
            publisher.publishSoon(Records.opponent(id, 2, 1));
            publisher.publishSoon(Records.agent(id, 3, 2));
            publisher.publishSoon(Records.verdict(id, 2, 3));
            if (i % 7 == 0) {
                publisher.publishSoon(Records.failedTurn(id, 4, 3));
            }
            publisher.publishSoon(i % 3 == 0 ? requested : ended);
            if (i % 5 == 0) {
                publisher.publishSoon(Records.repeated(Records.agent(id, 3, 2)));
                publisher.publishSoon(Records.ended(id, EndReason.MANUAL, 9, 9, 9));
            }
        }
        publisher.flush();
    }

    /** Of each battle three messages and two verdicts, as they were first published. */
    private void assertTheTablesSayWhatTheTopicsSay(PostgresProcess postgres) {
        Map<String, @Nullable Object> sums =
                sql(postgres)
                        .sql(
                                """
                                WITH battle AS MATERIALIZED
                                    (SELECT * FROM report.conversation WHERE agent_id = :agent),
                                decision AS
                                    (SELECT * FROM report.judge_decision
                                     WHERE battle_id IN (SELECT battle_id FROM battle))
                                SELECT (SELECT count(*) FROM battle) AS battles,
                                       (SELECT count(*) FROM report.placement
                                        WHERE id IN (SELECT battle_id FROM battle)) AS placed,
                                       count(*) AS messages, sum(tokens_in) AS tokens_in,
                                       sum(tokens_out) AS tokens_out, sum(cost_usd) AS cost,
                                       count(*) FILTER (WHERE failed) AS failed,
                                       (SELECT count(*) FROM decision) AS decisions,
                                       (SELECT sum(cost_usd) FROM decision) AS judged,
                                       (SELECT sum(agent_cost_usd + opponent_cost_usd
                                                   + judge_cost_usd)
                                        FROM battle) AS total
                                FROM report.message
                                WHERE battle_id IN (SELECT battle_id FROM battle)
                                """)
                        .param("agent", agent)
                        .query()
                        .singleRow();
        BigDecimal cent = new BigDecimal("0.01");
        assertThat(sums)
                .containsEntry("battles", (long) BATTLES)
                .containsEntry("placed", (long) BATTLES)
                .containsEntry("messages", 3L * BATTLES)
                .containsEntry("tokens_in", (10L + 20 + 30) * BATTLES)
                .containsEntry("tokens_out", (1L + 2 + 3) * BATTLES)
                .containsEntry("failed", 0L)
                .containsEntry("decisions", 2L * BATTLES);
        assertThat(sum(sums, "cost"))
                .isEqualByComparingTo(cent.multiply(BigDecimal.valueOf(3L * BATTLES)));
        assertThat(sum(sums, "judged"))
                .isEqualByComparingTo(cent.multiply(BigDecimal.valueOf(2L * BATTLES)));
        assertThat(sum(sums, "total"))
                .isEqualByComparingTo(cent.multiply(BigDecimal.valueOf(5L * BATTLES)));
    }

    private static void assertItSaysHowFarItIs(ReportFork service) {
        long turns = 0;
        for (JsonNode at : service.json("/internal/archive").path("partitions")) {
            assertThat(at.path("readTo").asLong())
                    .isLessThanOrEqualTo(at.path("endOffset").asLong());
            if (at.path("topic").asString().equals(Topics.BATTLE_TURNS.name())) {
                // Nobody writes it in transactions, whose ends nobody reads.
                assertThat(at.path("lag").asLong()).isZero();
                turns += at.path("readTo").asLong();
            }
        }
        assertThat(turns).isGreaterThanOrEqualTo(3L * BATTLES);
    }

    private static BigDecimal sum(Map<String, @Nullable Object> sums, String name) {
        return (BigDecimal) Objects.requireNonNull(sums.get(name));
    }

    private static void assertViewAndArchiveAgree(ReportFork service, List<String> ids) {
        for (String id : ids) {
            for (String part : List.of("", "/messages", "/verdicts")) {
                String path = "/internal/battles/" + id + part;
                assertThat(service.json(path + "?source=archive"))
                        .as(path)
                        .isEqualTo(service.json(path + "?source=views"));
            }
        }
    }

    /** A battle that no view knows: the same rows under an id of which the log says nothing. */
    private static void assertWhatLeftTheViewsAnswersTheSame(
            ReportFork service, PostgresProcess postgres, String known) {
        String id = UUID.randomUUID().toString();
        JdbcClient sql = sql(postgres);
        for (String table : List.of("placement", "conversation", "message", "judge_decision")) {
            String key = table.equals("placement") ? "id" : "battle_id";
            sql.sql(
                            """
                            INSERT INTO report.%1$s SELECT (jsonb_populate_record(kept,
                                jsonb_build_object('%2$s', CAST(? AS text)))).*
                            FROM report.%1$s AS kept WHERE %2$s = CAST(? AS uuid)
                            """
                                    .formatted(table, key))
                    .params(id, known)
                    .update();
        }
        String path = "/internal/battles/" + id;
        for (String part : List.of("", "/messages?sinceSeq=1&limit=1", "/verdicts?limit=1")) {
            String other = "/internal/battles/" + known + part;
            assertThat(service.get(path + part).body())
                    .as(part)
                    .isEqualTo(service.get(other).body().replace(known, id));
        }
        HttpResponse<String> stream = service.get(path + "/events");
        assertThat(stream.body().lines().filter(line -> line.startsWith("event:")))
                .containsExactly(
                        "event: status",
                        "event: message",
                        "event: verdict",
                        "event: message",
                        "event: message",
                        "event: verdict",
                        "event: ended");
        assertThat(service.get(path + "?source=views").statusCode()).isEqualTo(404);
        assertThat(service.get(path + "?source=elsewhere").statusCode()).isEqualTo(400);
        sql.sql("DELETE FROM report.conversation WHERE battle_id = CAST(? AS uuid)")
                .param(id)
                .update();
        sql.sql("DELETE FROM report.placement WHERE id = CAST(? AS uuid)").param(id).update();
        assertThat(service.get(path).statusCode()).isEqualTo(404);
    }

    private void awaitArchived(PostgresProcess postgres, int battles) {
        JdbcClient sql = sql(postgres);
        await().atMost(SOON)
                .until(() ->
                        sql.sql(
                                                """
                                                SELECT count(*) FROM report.conversation
                                                WHERE ended_at IS NOT NULL AND agent_id = ?
                                                """)
                                        .param(agent)
                                        .query(Integer.class)
                                        .single()
                                >= battles);
    }

    private static JdbcClient sql(PostgresProcess postgres) {
        return JdbcClient.create(
                new DriverManagerDataSource(
                        postgres.jdbcUrl("archive"),
                        PostgresProcess.USER,
                        PostgresProcess.PASSWORD));
    }

    private static ReportFork start(
            String instance, Path state, PostgresProcess postgres, String group) {
        return ReportFork.start(
                instance,
                state,
                "--spring.datasource.url=" + postgres.jdbcUrl("archive"),
                "--battlestream.report.archive.group=" + group + "-" + UUID.randomUUID(),
                "--battlestream.report.archive.batch=" + (BATTLES < 1_000 ? 20 : 500),
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
        for (int index = 1; index <= 2; index++) {
            publisher.publish(RunRecords.launched(id, index));
            publisher.publish(RunRecords.ended(id, index, EndReason.GOAL));
        }
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

        for (String part : List.of("", "/report", "/report?format=html", "/report?format=csv")) {
            String path = "/internal/runs/" + id + part + (part.contains("?") ? "&" : "?");
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(service.get(path + "source=archive").body())
                                    .as(part)
                                    .isEqualTo(service.get(path + "source=views").body()));
            assertThat(service.get(path + "source=archive").statusCode()).as(part).isEqualTo(200);
        }

        String span = "/internal/runs?from=2039-12-31T23:59:59Z&to=2040-01-01T00:00:01Z&agentId=";
        assertThat(service.json(span + "support-bot").path("runs").findValuesAsString("runId"))
                .containsExactly(id);
        assertThat(service.json(span + "another").path("runs")).isEmpty();

        HttpResponse<String> refused =
                service.get("/internal/runs?limit=0&state=won&cursor=c&agentId=%20&from=f&to=t");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(ReportFork.parse(refused.body()).path("errors").findValuesAsString("field"))
                .containsExactly("state", "agentId", "from", "to", "cursor", "limit");
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
        return sql(postgres)
                .sql(
                        """
                        SELECT c::text FROM report.conversation c
                        UNION ALL SELECT m::text FROM report.message m
                        UNION ALL SELECT d::text FROM report.judge_decision d
                        UNION ALL SELECT r::text FROM report.scale_run r
                        UNION ALL SELECT s::text FROM report.scale_member s
                        UNION ALL SELECT a::text FROM report.scale_reading a
                        ORDER BY 1
                        """)
                .query(String.class)
                .list();
    }
}
