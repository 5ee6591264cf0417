package dev.battlestream.report.archive.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.report.archive.ArchivedRun;
import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.ListCursor;
import dev.battlestream.report.archive.ListQuery;
import dev.battlestream.report.battle.BattleState;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEndReason;
import dev.battlestream.report.scale.RunEnding;
import dev.battlestream.report.scale.RunSpecification;
import dev.battlestream.report.scale.RunState;
import dev.battlestream.testkit.Infra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The table of runs on a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScaleRunsTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00.123456Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private JdbcClient sql;
    private ScaleRuns runs;
    private TransactionTemplate transaction;
    private ArchiveDesk desk;

    @BeforeAll
    void migrate() {
        Infra infra = Infra.shared();
        SingleConnectionDataSource source =
                new SingleConnectionDataSource(
                        infra.freshDatabase(), infra.jdbcUser(), infra.jdbcPassword(), true);
        Flyway.configure()
                .dataSource(source)
                .schemas("report")
                .defaultSchema("report")
                .load()
                .migrate();
        sql = JdbcClient.create(source);
        runs = new ScaleRuns(sql);
        transaction = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    @BeforeEach
    void empty() {
        sql.sql("TRUNCATE report.scale_run, report.placement").update();
        meters.clear();
        desk =
                new ArchiveDesk(
                        transaction,
                        ArchiveTables.of(sql),
                        new ArchiveMeters(meters),
                        () -> START,
                        Duration.ofDays(400));
    }

    @Test
    void aRowIsTheSameWhicheverFactComesFirst() {
        UUID id = UUID.randomUUID();
        desk.take(List.of(asked(id, START)));
        assertThat(only().state()).isEqualTo(RunState.RUNNING);
        desk.take(List.of(finished(id, RunEndReason.ERROR)));
        List<@Nullable String> inOrder = table();
        empty();

        desk.take(List.of(finished(id, RunEndReason.ERROR)));
        assertThat(only().createdAt()).isEqualTo(START.plusSeconds(1));
        desk.take(List.of(asked(id, START)));

        assertThat(table()).isEqualTo(inOrder);
        assertThat(only())
                .isEqualTo(
                        new ArchivedRun(
                                id,
                                START,
                                "client",
                                5,
                                new ArchivedRun.Finish(
                                        RunEndReason.ERROR,
                                        3,
                                        2,
                                        new BigDecimal("0.120000000"),
                                        START.plusSeconds(1),
                                        START.plusSeconds(9))));
        assertThat(only().state()).isEqualTo(RunState.FAILED);
    }

    @Test
    void theFirstOfEachCountsHoweverOftenTheyComeAgain() {
        UUID id = UUID.randomUUID();
        List<Fact> batch =
                List.of(
                        asked(id, START),
                        finished(id, RunEndReason.COMPLETED),
                        asked(id, START.plusSeconds(9)),
                        finished(id, RunEndReason.MANUAL));
        desk.take(batch);
        List<@Nullable String> once = table();

        desk.take(batch);
        desk.take(List.of(finished(id, RunEndReason.TIMEOUT), asked(id, START)));

        assertThat(table()).isEqualTo(once);
        assertThat(only().createdAt()).isEqualTo(START);
        assertThat(only().state()).isEqualTo(RunState.COMPLETED);
        assertThat(dropped("duplicate")).isEqualTo(2 + 4 + 2);
        assertThat(meters.counter("battlestream.report.archive.records").count()).isEqualTo(2);
    }

    @Test
    void aBatchThatIsRefusedIsWrittenWithoutWhatIsWrong() {
        UUID good = UUID.randomUUID();
        UUID bad = UUID.randomUUID();
        sql.sql(
                        "ALTER TABLE report.scale_run ADD CONSTRAINT no_bad CHECK (run_id <> '%s')"
                                .formatted(bad))
                .update();
        try {
            desk.take(List.of(asked(bad, START), asked(good, START)));
        } finally {
            sql.sql("ALTER TABLE report.scale_run DROP CONSTRAINT no_bad").update();
        }

        assertThat(only().runId()).isEqualTo(good);
        assertThat(dropped("refused")).isEqualTo(1);
        assertThat(dropped("duplicate")).isZero();
    }

    @Test
    void aListIsPagedNewestFirstWithoutGapOrRepeat() {
        Set<UUID> all = new HashSet<>();
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            UUID id = UUID.randomUUID();
            all.add(id);
            // Five at the same instant each: the id decides among them.
            facts.add(asked(id, START.plusSeconds(i / 5)));
        }
        desk.take(facts);

        List<ArchivedRun> seen = new ArrayList<>();
        ListCursor after = null;
        do {
            List<ArchivedRun> rows = runs.find(query(null, after, 4));
            seen.addAll(rows.subList(0, Math.min(4, rows.size())));
            after = rows.size() > 4 ? rows.get(3).cursor() : null;
            desk.take(List.of(asked(UUID.randomUUID(), START.plusSeconds(99))));
        } while (after != null);

        assertThat(seen).extracting(ArchivedRun::runId).containsExactlyInAnyOrderElementsOf(all);
        assertThat(seen)
                .extracting(ArchivedRun::createdAt)
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void aStateRestricts() {
        UUID open = UUID.randomUUID();
        UUID failed = UUID.randomUUID();
        desk.take(
                List.of(
                        asked(open, START),
                        asked(failed, START),
                        finished(failed, RunEndReason.ERROR)));

        assertThat(runs.find(query(BattleState.FAILED, null, 50)))
                .extracting(ArchivedRun::runId)
                .containsExactly(failed);
        assertThat(runs.find(query(BattleState.QUEUED, null, 50)))
                .extracting(ArchivedRun::runId)
                .containsExactly(open);
    }

    @Test
    void anAgentRestricts() {
        UUID mine = UUID.randomUUID();
        desk.take(List.of(asked(mine, START, "mine"), asked(UUID.randomUUID(), START, "bot")));

        assertThat(runs.find(new ListQuery(null, "mine", null, null, null, null, 50)))
                .extracting(ArchivedRun::runId)
                .containsExactly(mine);
        assertThat(runs.find(new ListQuery(BattleState.FAILED, "mine", null, null, null, null, 50)))
                .isEmpty();
    }

    @Test
    void aSpanOfTimeHasItsBeginAndNotItsEnd() {
        UUID first = UUID.randomUUID();
        UUID second = UUID.randomUUID();
        UUID third = UUID.randomUUID();
        desk.take(
                List.of(
                        asked(first, START),
                        asked(second, START.plusSeconds(1)),
                        asked(third, START.plusSeconds(2))));

        assertThat(
                        runs.find(
                                new ListQuery(
                                        null,
                                        null,
                                        null,
                                        START.plusSeconds(1),
                                        START.plusSeconds(2),
                                        null,
                                        50)))
                .extracting(ArchivedRun::runId)
                .containsExactly(second);
        assertThat(runs.find(new ListQuery(null, null, null, START.plusSeconds(1), null, null, 50)))
                .extracting(ArchivedRun::runId)
                .containsExactly(third, second);
    }

    /** A list of runs is asked for as one of battles. */
    @Test
    void runsHaveTheStatesOfBattles() {
        assertThat(Arrays.stream(RunState.values()).map(Enum::name))
                .containsExactlyElementsOf(
                        Arrays.stream(BattleState.values()).map(Enum::name).toList());
    }

    @Test
    void everyListReadsAnIndexAndSortsNothing() {
        sql.sql("SELECT 1 FROM report.add_month('2026-03-01')").query().listOfRows();
        sql.sql(
                        """
                        INSERT INTO report.scale_run
                            (month, run_id, created_at, requested_at, run_count, state, agent_id)
                        SELECT DATE '2026-03-01', gen_random_uuid(), now() - n * interval '1 s',
                               now(), 3, 'running', 'bot'
                        FROM generate_series(1, 20000) AS n
                        """)
                .update();
        sql.sql("ANALYZE report.scale_run").update();

        for (String filter :
                List.of(
                        "TRUE",
                        "state = 'running'",
                        "agent_id = 'bot'",
                        "created_at >= now() - interval '1 h' AND created_at < now()",
                        "(created_at, run_id) < (now() - interval '1 h', gen_random_uuid())")) {
            String plan =
                    String.join(
                            "\n",
                            sql.sql(
                                            "EXPLAIN SELECT * FROM report.scale_run WHERE "
                                                    + filter
                                                    + " ORDER BY created_at DESC, run_id DESC"
                                                    + " LIMIT 51")
                                    .query(String.class)
                                    .list());
            assertThat(plan)
                    .as(filter)
                    .contains("Index Scan")
                    .doesNotContain("Sort  (", "Seq Scan");
        }
    }

    @Test
    void theTableAndEveryColumnAreExplained() {
        assertThat(
                        sql.sql(
                                        """
                                        SELECT column_name FROM information_schema.columns
                                        WHERE table_schema = 'report'
                                          AND table_name = 'scale_run'
                                          AND col_description(
                                              'report.scale_run'::regclass,
                                              ordinal_position::int) IS NULL
                                        """)
                                .query(String.class)
                                .list())
                .isEmpty();
        assertThat(
                        sql.sql("SELECT obj_description('report.scale_run'::regclass)")
                                .query(String.class)
                                .single())
                .isNotBlank();
    }

    private static ListQuery query(
            @Nullable BattleState state, @Nullable ListCursor after, int limit) {
        return new ListQuery(state, null, null, null, null, after, limit);
    }

    private ArchivedRun only() {
        List<ArchivedRun> rows = runs.find(query(null, null, 50));
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private List<@Nullable String> table() {
        return sql.sql("SELECT r::text FROM report.scale_run r ORDER BY run_id")
                .query(String.class)
                .list();
    }

    private double dropped(String reason) {
        return meters.counter("battlestream.report.archive.dropped", "reason", reason).count();
    }

    private static Fact asked(UUID id, Instant at) {
        return asked(id, at, "bot");
    }

    private static Fact asked(UUID id, Instant at, String agent) {
        return new Fact.RunAsked(
                id,
                at,
                "client",
                new RunSpecification(
                        "0".repeat(64),
                        agent,
                        "scripted:never",
                        4,
                        5,
                        2,
                        List.of(new RunSpecification.RunVariant("plain", "")),
                        7L,
                        new BigDecimal("1.500000000"),
                        Duration.ofMinutes(10),
                        Map.of("suite", "checkout")),
                new Run.AsOf("scale.requests", 3, 12));
    }

    private static Fact finished(UUID id, RunEndReason reason) {
        return new Fact.RunFinished(
                id,
                new RunEnding(
                        reason,
                        reason == RunEndReason.ERROR
                                ? new Failure(Failure.Cause.REQUEST, "too many")
                                : null,
                        3,
                        START.plusSeconds(1),
                        START.plusSeconds(9)),
                4,
                2,
                new BigDecimal("0.12"),
                new BigDecimal("0.01"),
                "client",
                new Run.AsOf("scale.outcomes", 3, 4));
    }
}
