package dev.battlestream.report.archive.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.report.archive.Conversation;
import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.archive.FactBatch;
import dev.battlestream.report.archive.ListCursor;
import dev.battlestream.report.archive.ListQuery;
import dev.battlestream.report.battle.BattleState;
import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Ending;
import dev.battlestream.report.battle.Failure;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Used;
import dev.battlestream.testkit.Infra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
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

/** The table of battles on a real PostgreSQL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConversationsTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final UUID RUN = UUID.fromString("00000000-0000-4000-8000-00000000000a");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private JdbcClient sql;
    private TransactionTemplate transaction;
    private Conversations conversations;
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
        transaction = new TransactionTemplate(new JdbcTransactionManager(source));
        conversations = new Conversations(sql);
        desk = desk();
    }

    @BeforeEach
    void empty() {
        sql.sql("TRUNCATE report.conversation, report.placement").update();
        meters.clear();
        desk = desk();
    }

    private ArchiveDesk desk() {
        return new ArchiveDesk(
                transaction,
                ArchiveTables.of(sql),
                new ArchiveMeters(meters),
                () -> START,
                Duration.ofDays(400));
    }

    @Test
    void aRowIsTheSameWhicheverFactComesFirst() {
        UUID id = UUID.randomUUID();
        desk.take(List.of(asked(id, "bot", START)));
        desk.take(List.of(finished(id, EndReason.ERROR)));
        List<@Nullable String> inOrder = table();
        empty();

        desk.take(List.of(finished(id, EndReason.ERROR)));
        assertThat(only().createdAt()).isEqualTo(START.plusSeconds(1));
        assertThat(only().agentId()).isNull();
        desk.take(List.of(asked(id, "bot", START)));

        assertThat(table()).isEqualTo(inOrder);
        Conversation row = only();
        assertThat(row.createdAt()).isEqualTo(START);
        assertThat(row.agentId()).isEqualTo("bot");
        assertThat(row.runId()).isEqualTo(RUN.toString());
        assertThat(row.state()).isEqualTo(BattleState.FAILED);
        assertThat(row.finish())
                .isEqualTo(
                        new Conversation.Finish(
                                finished(id, EndReason.ERROR).ending(),
                                finished(id, EndReason.ERROR).used()));
    }

    @Test
    void theFirstOfEachCountsHoweverOftenTheyComeAgain() {
        UUID id = UUID.randomUUID();
        List<Fact> batch =
                List.of(
                        asked(id, "first", START),
                        finished(id, EndReason.GOAL),
                        asked(id, "second", START.plusSeconds(9)),
                        finished(id, EndReason.MANUAL));
        desk.take(batch);
        List<@Nullable String> once = table();

        desk.take(batch);
        desk.take(List.of(finished(id, EndReason.TIMEOUT), asked(id, "third", START)));

        assertThat(table()).isEqualTo(once);
        assertThat(only().agentId()).isEqualTo("first");
        assertThat(only().state()).isEqualTo(BattleState.COMPLETED);
        assertThat(dropped("duplicate")).isEqualTo(2 + 4 + 2);
        assertThat(meters.counter("battlestream.report.archive.records").count()).isEqualTo(2);
    }

    @Test
    void aBatchThatIsRefusedIsWrittenWithoutWhatIsWrong() {
        UUID good = UUID.randomUUID();
        UUID bad = UUID.randomUUID();
        sql.sql(
                        """
                        ALTER TABLE report.conversation
                        ADD CONSTRAINT no_bad CHECK (agent_id <> 'bad')
                        """)
                .update();
        try {
            desk.take(List.of(asked(bad, "bad", START), asked(good, "good", START)));
        } finally {
            sql.sql("ALTER TABLE report.conversation DROP CONSTRAINT no_bad").update();
        }

        assertThat(only().battleId()).isEqualTo(good);
        assertThat(dropped("refused")).isEqualTo(1);
        assertThat(dropped("duplicate")).isZero();
    }

    @Test
    void aListIsPagedNewestFirstWithoutGapOrRepeatWhileNewBattlesCome() {
        Set<UUID> all = new HashSet<>();
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            UUID id = UUID.randomUUID();
            all.add(id);
            // Five at the same instant each: the id decides among them.
            facts.add(asked(id, "bot", START.plusSeconds(i / 5)));
        }
        desk.take(facts);

        List<Conversation> seen = new ArrayList<>();
        ListCursor after = null;
        do {
            List<Conversation> rows =
                    conversations.find(new ListQuery(null, "bot", null, null, null, after, 4));
            seen.addAll(rows.subList(0, Math.min(4, rows.size())));
            after = rows.size() > 4 ? rows.get(3).cursor() : null;
            desk.take(List.of(asked(UUID.randomUUID(), "bot", START.plusSeconds(99))));
        } while (after != null);

        assertThat(seen)
                .extracting(Conversation::battleId)
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(seen)
                .extracting(Conversation::createdAt)
                .isSortedAccordingTo(Comparator.reverseOrder());
    }

    @Test
    void everyFilterRestricts() {
        UUID open = UUID.randomUUID();
        UUID failed = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        desk.take(
                List.of(
                        asked(open, "bot", START),
                        asked(failed, "bot", START.plusSeconds(1)),
                        finished(failed, EndReason.ERROR),
                        asked(other, "other", START.plusSeconds(2))));

        assertThat(ids(query(BattleState.FAILED, null, null, null, null))).containsExactly(failed);
        assertThat(ids(query(BattleState.RUNNING, null, null, null, null)))
                .containsExactly(other, open);
        assertThat(ids(query(null, "other", null, null, null))).containsExactly(other);
        assertThat(ids(query(null, null, RUN, null, null))).containsExactly(failed);
        assertThat(ids(query(null, null, null, START.plusSeconds(1), null)))
                .containsExactly(other, failed);
        assertThat(ids(query(null, null, null, START, START.plusSeconds(1)))).containsExactly(open);
    }

    @Test
    void everyListReadsAnIndexAndSortsNothing() {
        for (int month = 1; month <= 3; month++) {
            sql.sql("SELECT 1 FROM report.add_month(?)")
                    .param(LocalDate.of(2026, month, 1))
                    .query()
                    .listOfRows();
        }
        sql.sql(
                        """
                        INSERT INTO report.conversation
                            (month, battle_id, created_at, requested_at, agent_id, run_id, state)
                        SELECT DATE '2026-03-01' - n % 3 * INTERVAL '1 month', gen_random_uuid(),
                               now() - n * interval '1 s', now(),
                               'agent-' || n % 100, 'run-' || n % 50, 'running'
                        FROM generate_series(1, 21000) AS n
                        """)
                .update();
        sql.sql("ANALYZE report.conversation").update();

        for (String filter :
                List.of(
                        "TRUE",
                        "state = 'running'",
                        "agent_id = 'agent-7'",
                        "run_id = 'run-7'",
                        "created_at >= now() - interval '1 h' AND created_at < now()",
                        "agent_id = 'agent-7' AND (created_at, battle_id) <"
                                + " (now() - interval '1 h', gen_random_uuid())")) {
            String plan =
                    String.join(
                            "\n",
                            sql.sql(
                                            "EXPLAIN SELECT * FROM report.conversation WHERE "
                                                    + filter
                                                    + " ORDER BY created_at DESC, battle_id DESC"
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
                                          AND table_name = 'conversation'
                                          AND col_description(
                                              'report.conversation'::regclass,
                                              ordinal_position::int) IS NULL
                                        """)
                                .query(String.class)
                                .list())
                .isEmpty();
        assertThat(
                        sql.sql("SELECT obj_description('report.conversation'::regclass)")
                                .query(String.class)
                                .single())
                .isNotBlank();
    }

    private static ListQuery query(
            @Nullable BattleState state,
            @Nullable String agent,
            @Nullable UUID run,
            @Nullable Instant from,
            @Nullable Instant to) {
        return new ListQuery(state, agent, run, from, to, null, 50);
    }

    private List<UUID> ids(ListQuery query) {
        return conversations.find(query).stream().map(Conversation::battleId).toList();
    }

    private Conversation only() {
        List<Conversation> rows = conversations.find(query(null, null, null, null, null));
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private List<@Nullable String> table() {
        return sql.sql("SELECT c::text FROM report.conversation c ORDER BY battle_id")
                .query(String.class)
                .list();
    }

    private double dropped(String reason) {
        return meters.counter("battlestream.report.archive.dropped", "reason", reason).count();
    }

    private static Fact asked(UUID id, String agent, Instant at) {
        return new Fact.Asked(id, at, "client", agent, "scripted:never", 25, null);
    }

    private static Fact.Finished finished(UUID id, EndReason reason) {
        return new Fact.Finished(
                id,
                new Ending(
                        reason,
                        reason == EndReason.ERROR
                                ? new Failure(Failure.Cause.PROVIDER, "it broke")
                                : null,
                        4,
                        7,
                        4,
                        START.plusSeconds(1),
                        START.plusSeconds(5),
                        RUN.toString(),
                        new BigDecimal("0.120000000"),
                        new BigDecimal("0.030000000")),
                new Used(
                        new Spent(4, 100, 10, new BigDecimal("0.000000001")),
                        new Spent(3, 50, 5, new BigDecimal("999999999.999999999")),
                        new Spent(8, Long.MAX_VALUE, 1, new BigDecimal("0.5")),
                        new Spent(2, 40, 1, new BigDecimal("0.2"))),
                "client");
    }

    @Test
    void anEmptyBatchIsNothing() {
        assertThat(conversations.write(FactBatch.of(List.of()), Map.of())).isZero();
    }
}
