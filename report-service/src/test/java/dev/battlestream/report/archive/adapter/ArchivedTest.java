package dev.battlestream.report.archive.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.policy.MemberIds;
import dev.battlestream.report.archive.Fact;
import dev.battlestream.report.battle.BattleEvent;
import dev.battlestream.report.battle.BattleState;
import dev.battlestream.report.battle.BattleStatus;
import dev.battlestream.report.battle.BattleStatusFold;
import dev.battlestream.report.battle.EndReason;
import dev.battlestream.report.battle.Folded;
import dev.battlestream.report.battle.Message;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.Story;
import dev.battlestream.report.battle.adapter.BattleReads;
import dev.battlestream.report.scale.Member;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunEnding;
import dev.battlestream.report.scale.RunEvent;
import dev.battlestream.report.scale.RunReport;
import dev.battlestream.report.scale.RunStory;
import dev.battlestream.report.scale.adapter.RunReads;
import dev.battlestream.testkit.Infra;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
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

/** What the archive says of battles and runs, on a real PostgreSQL: what the views say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchivedTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private JdbcClient sql;
    private TransactionTemplate transaction;
    private ArchiveTables tables;
    private ArchiveDesk desk;
    private Instant now = Story.START;

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
        tables = ArchiveTables.of(sql);
    }

    @BeforeEach
    void begin() {
        meters.clear();
        now = Story.START;
        desk =
                new ArchiveDesk(
                        transaction,
                        tables,
                        new ArchiveMeters(meters),
                        () -> now,
                        Duration.ofDays(400));
    }

    @Test
    void aBattleReadsAsTheViewHasItInWhateverOrderAndPortionsItsTopicsCome() {
        Random random = new Random(20261129);
        for (int round = 0; round < 20; round++) {
            UUID id = UUID.randomUUID();
            List<List<Fact>> topics = topics(id);
            List<Fact> batch = new ArrayList<>();
            while (topics.stream().anyMatch(topic -> !topic.isEmpty())) {
                List<Fact> next = topics.get(random.nextInt(topics.size()));
                if (!next.isEmpty()) {
                    batch.add(next.removeFirst());
                }
                if (random.nextInt(3) == 0) {
                    desk.take(batch);
                    batch.clear();
                }
            }
            desk.take(batch);

            BattleReads reads = new ArchivedBattles(tables).of(id.toString());
            BattleStatus status = Objects.requireNonNull(reads.status());
            BattleStatus expected = viewed(id);
            assertThat(status.complete()).isTrue();
            assertThat(withoutRecordTime(status)).isEqualTo(withoutRecordTime(expected));
            assertThat(reads.messagesAfter(0, 200))
                    .containsExactly(
                            Story.agent(1, 1).message(),
                            Story.opponent(2, 1).message(),
                            Story.agent(3, 2).message());
            assertThat(reads.messagesAfter(1, 1)).containsExactly(Story.opponent(2, 1).message());
            assertThat(reads.verdictsAfter(0, 200))
                    .containsExactly(Story.verdict(1, 1), Story.verdict(2, 3));
            assertThat(reads.message(3)).isEqualTo(Story.agent(3, 2).message());
            assertThat(reads.message(4)).isNull();
            assertThat(reads.verdict(2)).isEqualTo(Story.verdict(2, 3));
            assertThat(reads.verdict(3)).isNull();
        }
        // The seq 3 that came again, the failed turn beyond the end, and the outcome that lost.
        assertThat(dropped("duplicate") + dropped("beyond_end")).isGreaterThanOrEqualTo(20 * 2);
    }

    /** What each topic says of the battle, with repeats, a lost outcome and a failed last turn. */
    private static List<List<Fact>> topics(UUID id) {
        BattleEvent.Requested asked = Story.requested();
        BattleEvent.Ended ended = Story.ended(EndReason.BUDGET, 2, 3, 2);
        BattleEvent.Ended lost = Story.ended(EndReason.MANUAL, 9, 9, 9);
        return List.of(
                new ArrayList<>(
                        List.of(
                                new Fact.Asked(
                                        id,
                                        asked.requestedAt(),
                                        "client",
                                        asked.agentId(),
                                        asked.model(),
                                        asked.messageLimit(),
                                        asked.runId()))),
                new ArrayList<>(
                        List.of(
                                new Fact.Played(id, Story.agent(1, 1).message()),
                                new Fact.Played(id, Story.opponent(2, 1).message()),
                                new Fact.Played(id, Story.agent(3, 2).message()),
                                new Fact.Played(id, Story.failedTurn(3, 2).message()),
                                new Fact.Played(id, Story.failedTurn(4, 3).message()))),
                new ArrayList<>(
                        List.of(
                                new Fact.Judged(id, Story.verdict(1, 1)),
                                new Fact.Judged(id, Story.verdict(2, 3)))),
                new ArrayList<>(
                        List.of(
                                new Fact.Finished(id, ended.ending(), ended.used(), "client"),
                                new Fact.Finished(id, lost.ending(), lost.used(), "client"))));
    }

    private static BattleStatus viewed(UUID id) {
        BattleStatus status = null;
        for (BattleEvent event :
                List.of(
                        Story.requested(),
                        Story.agent(1, 1),
                        Story.opponent(2, 1),
                        Story.agent(3, 2),
                        Story.judged(1, 1),
                        Story.judged(2, 3),
                        Story.ended(EndReason.BUDGET, 2, 3, 2))) {
            if (BattleStatusFold.fold(status, id.toString(), event, Story.START)
                    instanceof Folded.Kept(var next)) {
                status = next;
            }
        }
        return Objects.requireNonNull(status);
    }

    /** The time of a record is the views' own, for their retention. */
    private static String withoutRecordTime(BattleStatus status) {
        return status.toString().replaceAll("recordedAt=[^]]*", "");
    }

    @Test
    void aBattleThatStillRunsReadsAsFarAsItIsKnown() {
        UUID id = UUID.randomUUID();
        desk.take(List.of(new Fact.Played(id, Story.agent(1, 1).message())));

        BattleStatus status =
                Objects.requireNonNull(new ArchivedBattles(tables).of(id.toString()).status());

        assertThat(status.state()).isEqualTo(BattleState.RUNNING);
        assertThat(status.turn()).isEqualTo(1);
        assertThat(status.used().agent().tokensIn()).isEqualTo(100);
    }

    @Test
    void whatNobodyKnowsIsNothing() {
        ArchivedBattles battles = new ArchivedBattles(tables);

        for (String id : List.of(UUID.randomUUID().toString(), "no-id", "0".repeat(36))) {
            assertThat(battles.of(id).status()).isNull();
            assertThat(battles.of(id).messagesAfter(0, 50)).isEmpty();
            assertThat(battles.of(id).verdict(1)).isNull();
        }
        assertThat(new ArchivedRuns(tables).of(UUID.randomUUID().toString()).run()).isNull();
    }

    @Test
    void textThatPostgresCannotHoldIsReplacedAndCostsNothingElse() {
        UUID id = UUID.randomUUID();
        Message message = Story.message(1, 1, Story.agent(1, 1).message().speaker(), "a\0b", false);
        desk.take(List.of(new Fact.Played(id, message)));

        assertThat(new ArchivedBattles(tables).of(id.toString()).message(1))
                .extracting(Message::content)
                .isEqualTo("a\uFFFDb");
        assertThat(dropped("refused")).isZero();
    }

    @Test
    void aDeletedBattleLeavesNothingAndDoesNotComeBack() {
        UUID id = UUID.randomUUID();
        List<Fact> all = topics(id).stream().flatMap(List::stream).toList();
        desk.take(all);

        desk.take(List.of(new Fact.Deleted(id, Story.minute(40), "client")));
        desk.take(all);

        assertThat(new ArchivedBattles(tables).of(id.toString()).status()).isNull();
        for (String table : List.of("conversation", "message", "judge_decision")) {
            assertThat(
                            sql.sql(
                                            "SELECT count(*) FROM report.%s WHERE battle_id = ?"
                                                    .formatted(table))
                                    .param(id)
                                    .query(Integer.class)
                                    .single())
                    .as(table)
                    .isZero();
        }
        assertThat(
                        sql.sql("SELECT client_id FROM report.deletion WHERE battle_id = ?")
                                .param(id)
                                .query(String.class)
                                .list())
                .containsExactly("client");
        // But the outcome that lost, which is counted as a repeat.
        assertThat(dropped("deleted")).isEqualTo(9);
    }

    @Test
    void oldMonthsLeaveAsTablesAndWhatComesLaterOfThemIsNotLost() {
        UUID old = UUID.randomUUID();
        UUID young = UUID.randomUUID();
        desk.take(List.of(new Fact.Played(old, Story.agent(1, 1).message())));
        now = Story.START.plus(Duration.ofDays(460));
        desk.take(
                List.of(
                        new Fact.Deleted(UUID.randomUUID(), now, null),
                        new Fact.Asked(young, now, null, "bot", "", 25, null)));
        assertThat(months()).contains("message_2026_03");

        desk.sweep();

        assertThat(months()).doesNotContain("message_2026_03").contains("message_2027_06");
        assertThat(new ArchivedBattles(tables).of(old.toString()).status()).isNull();
        assertThat(new ArchivedBattles(tables).of(young.toString()).status()).isNotNull();
        assertThat(meters.counter("battlestream.report.archive.expired").count())
                .isGreaterThanOrEqualTo(1);

        desk.take(List.of(new Fact.Played(old, Story.agent(1, 1).message())));
        assertThat(new ArchivedBattles(tables).of(old.toString()).status()).isNotNull();
        assertThat(dropped("refused")).isZero();
    }

    private List<@Nullable String> months() {
        return sql.sql("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '_[0-9_]+$'")
                .query(String.class)
                .list();
    }

    @Test
    void aRunAndItsReportReadAsTheViewHasThemInWhateverPortionsTheyCome() {
        Random random = new Random(417);
        List<Member> members = members();
        Run run = run(RunStory.ended().asOf());
        for (int round = 0; round < 10; round++) {
            sql.sql("TRUNCATE report.scale_run, report.scale_member, report.scale_reading")
                    .update();
            List<Fact> facts = new ArrayList<>(facts(members));
            facts.add(0, asked());
            facts.addAll(0, facts.subList(3, 5));
            List<Fact> other = List.of(finished());
            int split = random.nextInt(facts.size());
            desk.take(facts.subList(0, split));
            desk.take(other);
            desk.take(facts.subList(split, facts.size()));
            desk.take(facts);

            RunReads reads = new ArchivedRuns(tables).of(RunStory.RUN_ID);
            assertThat(reads.run())
                    .usingRecursiveComparison()
                    .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                    .isEqualTo(run);
            assertThat(reads.members()).isEqualTo(members);
            assertThat(RunReport.of(Objects.requireNonNull(reads.run()), reads.members()))
                    .usingRecursiveComparison()
                    .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                    .isEqualTo(RunReport.of(run, members));
        }
    }

    /** Of the story, with the ids that follow from the run's. */
    private static List<Member> members() {
        List<Member> members = new ArrayList<>();
        for (Member member : RunStory.members()) {
            members.add(
                    new Member(
                            member.index(),
                            MemberIds.of(UUID.fromString(RunStory.RUN_ID), member.index())
                                    .toString(),
                            member.launchedAt(),
                            member.result()));
        }
        members.set(3, new Member(4, members.get(3).battleId(), members.get(3).launchedAt(), null));
        return Collections.unmodifiableList(members);
    }

    private static Run run(List<Run.AsOf> asOf) {
        Run ended = RunStory.ended();
        return new Run(
                ended.runId(), ended.requestedAt(), ended.specification(), ended.ending(), asOf);
    }

    private static Fact asked() {
        Run run = RunStory.ended();
        return new Fact.RunAsked(
                UUID.fromString(RunStory.RUN_ID),
                Objects.requireNonNull(run.requestedAt()),
                "client",
                RunStory.specification(),
                asOf("scale.requests"));
    }

    private static Fact finished() {
        RunEnding ending = Objects.requireNonNull(RunStory.ended().ending());
        return new Fact.RunFinished(
                UUID.fromString(RunStory.RUN_ID),
                ending,
                10,
                7,
                new BigDecimal("1.25"),
                null,
                "client",
                asOf("scale.outcomes"));
    }

    private static List<Fact> facts(List<Member> members) {
        UUID runId = UUID.fromString(RunStory.RUN_ID);
        List<Fact> facts = new ArrayList<>();
        for (Member member : members) {
            facts.add(
                    new Fact.MemberLaunched(
                            runId,
                            new RunEvent.Launched(
                                    member.index(), member.battleId(), member.launchedAt()),
                            asOf("scale.members")));
            if (member.result() != null) {
                facts.add(
                        new Fact.MemberFinished(
                                runId,
                                new RunEvent.MemberEnded(
                                        member.index(), member.battleId(), member.result()),
                                asOf("scale.members")));
            }
        }
        return facts;
    }

    private static Run.AsOf asOf(String topic) {
        return RunStory.ended().asOf().stream()
                .filter(at -> at.topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSumOfMoneyIsKeptToTheLastPlace() {
        UUID id = UUID.randomUUID();
        BattleEvent.Ended ended = Story.ended(EndReason.GOAL, 1, 1, 1);
        desk.take(List.of(new Fact.Finished(id, ended.ending(), ended.used(), null)));

        assertThat(
                        Objects.requireNonNull(
                                        new ArchivedBattles(tables).of(id.toString()).status())
                                .used()
                                .total())
                .isEqualTo(ended.used().total())
                .extracting(Spent::costUsd)
                .isEqualTo(new BigDecimal("0.875000000"));
    }

    @Test
    void everyTableAndColumnIsExplained() {
        assertThat(
                        sql.sql(
                                        """
                                        SELECT relname || '.' || attname
                                        FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
                                        WHERE relnamespace = 'report'::regnamespace
                                          AND relkind IN ('r', 'p') AND attnum > 0
                                          AND relname <> 'flyway_schema_history'
                                          AND col_description(pg_class.oid, attnum) IS NULL
                                        """)
                                .query(String.class)
                                .list())
                .isEmpty();
    }

    private double dropped(String reason) {
        return meters.counter("battlestream.report.archive.dropped", "reason", reason).count();
    }
}
