package dev.battlestream.gateway.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.battle.Admission;
import dev.battlestream.gateway.battle.Job;
import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.testkit.Infra;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The statements of admission on a real PostgreSQL. */
class JobsTest {

    private static final int MOST = 3;

    private JdbcClient sql;
    private Jobs jobs;
    private JobCare care;

    @BeforeEach
    void migrate() {
        DriverManagerDataSource database =
                new DriverManagerDataSource(
                        Infra.shared().freshDatabase(),
                        Infra.shared().jdbcUser(),
                        Infra.shared().jdbcPassword());
        Flyway.configure().dataSource(database).schemas("gateway").load().migrate();
        sql = JdbcClient.create(database);
        JobSettings settings = settings(MOST, null);
        jobs = new Jobs(sql, settings);
        care =
                new JobCare(
                        sql,
                        new TransactionTemplate(new JdbcTransactionManager(database)),
                        settings);
    }

    private static JobSettings settings(int most, @Nullable BigDecimal daily) {
        return new JobSettings(
                most,
                daily,
                daily,
                Duration.ofHours(24),
                Duration.ofDays(30),
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ZERO,
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                2,
                "group");
    }

    @Test
    void manyAdmissionsAndEndsAtOnceLeaveEveryCountRight() throws Exception {
        ConcurrentLinkedQueue<UUID> admitted = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int worker = 0; worker < 8; worker++) {
                Random random = new Random(worker);
                work.add(
                        threads.submit(() -> {
                            for (int i = 0; i < 60; i++) {
                                actAtRandom(random, admitted);
                            }
                            return null;
                        }));
            }
            for (Future<?> worker : work) {
                worker.get();
            }
        }

        assertThat(care.recount()).as("wrong counts").isZero();
        assertThat(runningOf("a")).isBetween(0, MOST);
        assertThat(admitted).isNotEmpty();
    }

    @Test
    void fiftyStartsAtOnceReserveNoMoreThanTheDayHas() throws Exception {
        Jobs bounded = new Jobs(sql, settings(100, new BigDecimal("1.00")));
        ConcurrentLinkedQueue<Admission> answers = new ConcurrentLinkedQueue<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                threads.execute(() -> answers.add(bounded.admit(costing("a", "0.07"))));
            }
        }

        assertThat(answers).hasSize(50);
        assertThat(answers).filteredOn(Admission.Admitted.class::isInstance).hasSize(14);
        assertThat(answers).filteredOn(Admission.BudgetSpent.class::isInstance).hasSize(36);
        assertThat(money("reserved_usd", "a")).isEqualByComparingTo("0.98");
        assertThat(runningOf("a")).as("a refusal leaves the slot").isEqualTo(14);
        assertThat(bounded.admit(costing("b", "1.00"))).isInstanceOf(Admission.Admitted.class);
        assertThat(bounded.admit(costing("c", "1.01"))).isInstanceOf(Admission.BudgetSpent.class);
    }

    @Test
    void whatABattleDidNotSpendComesBackAndWhatItSpentCountsForTheDay() {
        Jobs bounded = new Jobs(sql, settings(1, new BigDecimal("1.00")));
        NewJob first = costing("a", "0.80");
        bounded.admit(first);
        assertThat(bounded.admit(costing("a", "0.10"))).isInstanceOf(Admission.TooMany.class);

        bounded.end(JobKind.BATTLE, Map.of(first.id(), JobEnd.of("goal", new BigDecimal("0.30"))));
        bounded.end(JobKind.BATTLE, Map.of(first.id(), JobEnd.of("goal", new BigDecimal("0.30"))));

        assertThat(money("reserved_usd", "a")).isEqualByComparingTo("0");
        assertThat(money("spent_usd", "a")).isEqualByComparingTo("0.30");
        assertThat(bounded.admit(costing("a", "0.71"))).isInstanceOf(Admission.BudgetSpent.class);
        NewJob second = costing("a", "0.70");
        assertThat(bounded.admit(second)).isInstanceOf(Admission.Admitted.class);

        bounded.end(JobKind.BATTLE, Map.of(second.id(), JobEnd.unpriced(Job.LOST)));

        assertThat(money("spent_usd", "a")).as("nobody knows: all of it").isEqualByComparingTo("1");
        assertThat(bounded.admit(costing("a", "0.01"))).isInstanceOf(Admission.BudgetSpent.class);
    }

    @Test
    void aNewDayBeginsWithWhatRunningBattlesReserve() {
        Jobs bounded = new Jobs(sql, settings(10, new BigDecimal("1.00")));
        NewJob running = costing("a", "0.60");
        bounded.admit(running);
        NewJob ended = costing("a", "0.40");
        bounded.admit(ended);
        bounded.end(JobKind.BATTLE, Map.of(ended.id(), JobEnd.of("goal", new BigDecimal("0.40"))));
        assertThat(bounded.admit(costing("a", "0.01"))).isInstanceOf(Admission.BudgetSpent.class);

        sql.sql("UPDATE gateway.client_slots SET spent_on = spent_on - 1").update();

        assertThat(bounded.admit(costing("a", "0.41"))).isInstanceOf(Admission.BudgetSpent.class);
        assertThat(bounded.admit(costing("a", "0.40"))).isInstanceOf(Admission.Admitted.class);
        bounded.end(
                JobKind.BATTLE, Map.of(running.id(), JobEnd.of("goal", new BigDecimal("0.25"))));
        assertThat(money("spent_usd", "a")).as("of today alone").isEqualByComparingTo("0.25");
    }

    @Test
    void aWrongReservationIsCountedAnew() {
        jobs.admit(costing("a", "0.50"));
        sql.sql("UPDATE gateway.client_slots SET reserved_usd = 7").update();

        assertThat(care.recount()).isEqualTo(1);
        assertThat(money("reserved_usd", "a")).isEqualByComparingTo("0.50");
        assertThat(care.recount()).isZero();
    }

    private void actAtRandom(Random random, ConcurrentLinkedQueue<UUID> admitted) {
        switch (random.nextInt(4)) {
            case 0, 1 -> {
                NewJob job =
                        job(
                                random.nextBoolean() ? "a" : "b",
                                Optional.of("key-" + random.nextInt(40)));
                if (jobs.admit(job) instanceof Admission.Admitted) {
                    admitted.add(job.id());
                }
            }
            case 2 -> {
                List<UUID> all = new ArrayList<>(admitted);
                Map<UUID, JobEnd> some = new HashMap<>();
                for (int i = 0; i < 3 && !all.isEmpty(); i++) {
                    some.put(all.get(random.nextInt(all.size())), JobEnd.unpriced("goal"));
                }
                if (!some.isEmpty()) {
                    jobs.end(JobKind.BATTLE, some);
                }
            }
            default -> care.recount();
        }
    }

    @Test
    void aKeyBelongsToItsClient() {
        NewJob ofOne = job("one", Optional.of("k"));
        assertThat(jobs.admit(ofOne)).isEqualTo(new Admission.Admitted(ofOne.id()));

        NewJob ofOther = job("other", Optional.of("k"));
        assertThat(jobs.admit(ofOther)).isEqualTo(new Admission.Admitted(ofOther.id()));
        assertThat(jobs.admit(job("one", Optional.of("k"))))
                .isEqualTo(new Admission.Repeated(ofOne.id()));
    }

    @Test
    void aRefusedRequestTakesNoSlot() {
        jobs.admit(job("a", Optional.of("k")));
        jobs.admit(job("a", Optional.of("k")));
        jobs.admit(job("a", Optional.of("k"), "another fingerprint"));

        assertThat(runningOf("a")).isEqualTo(1);
    }

    @Test
    void aKeyIsForgottenAfterItsTimeAndTheBattleIsNot() {
        UUID old = admitted("a", Optional.of("old"), "24 hours 1 minute");
        UUID young = admitted("a", Optional.of("young"), "23 hours 59 minutes");

        assertThat(care.forgetKeys()).isEqualTo(1);

        assertThat(jobs.find(JobKind.BATTLE, old)).isPresent();
        assertThat(jobs.admit(job("a", Optional.of("young"))))
                .isEqualTo(new Admission.Repeated(young));
        assertThat(jobs.admit(job("a", Optional.of("old")))).isInstanceOf(Admission.Admitted.class);
    }

    @Test
    void aBattleIsForgottenWithItsHistoryButNotWhileItRuns() {
        UUID ended = admitted("a", Optional.empty(), "31 days");
        UUID running = admitted("a", Optional.empty(), "31 days");
        UUID young = admitted("a", Optional.empty(), "29 days");
        jobs.end(
                JobKind.BATTLE,
                Map.of(ended, JobEnd.unpriced("goal"), young, JobEnd.unpriced("goal")));

        assertThat(care.forgetJobs()).isEqualTo(1);

        assertThat(jobs.find(JobKind.BATTLE, ended)).isEmpty();
        assertThat(jobs.find(JobKind.BATTLE, running)).isPresent();
        assertThat(jobs.find(JobKind.BATTLE, young)).isPresent();
    }

    @Test
    void aClientIsForgottenWhenItHasBeenQuietForADay() {
        UUID ended = admitted("quiet", Optional.empty(), "2 days");
        jobs.end(JobKind.BATTLE, Map.of(ended, JobEnd.unpriced("goal")));
        admitted("busy", Optional.empty(), "2 days");
        sql.sql("UPDATE gateway.client_slots SET changed_at = now() - interval '2 days'").update();

        assertThat(care.forgetSlots()).isEqualTo(1);

        assertThat(runningOf("busy")).isEqualTo(1);
    }

    @Test
    void aCountThatIsWrongIsCountedAnew() {
        for (String client : List.of("a", "b", "c")) {
            admitted(client, Optional.empty(), "0 s");
        }
        sql.sql("UPDATE gateway.client_slots SET running = 3 WHERE client <> 'b'").update();

        assertThat(care.recount()).isEqualTo(2);

        assertThat(runningOf("a")).isEqualTo(1);
        assertThat(runningOf("c")).isEqualTo(1);
    }

    @Test
    void noTwoRelaysGetTheSameRequest() throws Exception {
        for (int i = 0; i < 30; i++) {
            admitted("client " + i, Optional.empty(), "0 s");
        }
        List<UUID> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<UnpublishedJob>>> relays = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                relays.add(threads.submit(() -> jobs.takeUnpublished(10)));
            }
            for (Future<List<UnpublishedJob>> relay : relays) {
                relay.get().forEach(job -> taken.add(job.id()));
            }
        }

        assertThat(taken).doesNotHaveDuplicates();
        assertThat(jobs.takeUnpublished(30)).hasSize(30 - taken.size());
    }

    @Test
    void whatIsPublishedIsKeptNoLongerThanNeeded() {
        NewJob job = job("a", Optional.empty());
        jobs.admit(job);
        assertThat(jobs.takeUnpublished(1).getFirst().request()).isEqualTo(job.request());

        jobs.published(job.id());

        assertThat(jobs.takeUnpublished(10)).isEmpty();
        assertThat(
                        sql.sql("SELECT request IS NULL FROM gateway.jobs")
                                .query(Boolean.class)
                                .single())
                .isTrue();
        assertThat(care.counts()).isEqualTo(new JobCare.Counts(1, 0));
    }

    @Test
    void aBattleIsOverdueWhenItsTimeIsOverAndBelongsToOneHealerAtATime() {
        UUID id = admitted("a", Optional.empty(), "0 s");
        jobs.published(id);
        assertThat(care.takeOverdue()).isEmpty();
        sql.sql("UPDATE gateway.jobs SET check_after = now()").update();

        assertThat(care.takeOverdue()).containsExactly(new JobCare.Overdue(JobKind.BATTLE, id));
        assertThat(care.takeOverdue()).isEmpty();
        jobs.end(JobKind.BATTLE, Map.of(id, JobEnd.unpriced("timeout")));
        assertThat(jobs.find(JobKind.BATTLE, id).flatMap(Job::ended).map(Job.End::reason))
                .contains("timeout");
        assertThat(runningOf("a")).isZero();
    }

    @Test
    void aRunIsAJobWithItsBattlesAndOnlyTheEndOfARunEndsIt() {
        NewJob run = run("a", "2.50");
        jobs.admit(run);

        Job kept = jobs.find(JobKind.RUN, run.id()).orElseThrow();
        assertThat(kept.battles()).isEqualTo(7);
        assertThat(jobs.find(JobKind.BATTLE, run.id())).as("a battle").isEmpty();
        assertThat(jobs.takeUnpublished(1).getFirst().kind()).isEqualTo(JobKind.RUN);

        assertThat(jobs.end(JobKind.BATTLE, Map.of(run.id(), JobEnd.unpriced("goal")))).isZero();
        assertThat(runningOf("a")).isEqualTo(1);

        jobs.end(JobKind.RUN, Map.of(run.id(), JobEnd.of("completed", new BigDecimal("0.40"))));
        assertThat(runningOf("a")).isZero();
        assertThat(money("reserved_usd", "a")).isEqualByComparingTo("0");
        assertThat(money("spent_usd", "a")).isEqualByComparingTo("0.40");
    }

    @Test
    void theDearestRunThatAnOperatorCanAllowIsReserved() {
        NewJob run = run("a", "100000000000");

        jobs.admit(run);

        assertThat(money("reserved_usd", "a")).isEqualByComparingTo("100000000000");
        jobs.end(JobKind.RUN, Map.of(run.id(), JobEnd.unpriced("timeout")));
        assertThat(money("spent_usd", "a")).isEqualByComparingTo("100000000000");
    }

    @Test
    void aKeyStandsForOneJobOfWhateverKind() {
        NewJob battle = job("a", Optional.of("k"));
        jobs.admit(battle);

        NewJob run = run("a", "0");
        NewJob sameKey =
                new NewJob(
                        run.kind(),
                        run.id(),
                        run.battles(),
                        "a",
                        Optional.of("k"),
                        "the fingerprint of a run",
                        run.request(),
                        run.timeoutSeconds(),
                        run.budgetUsd(),
                        run.correlation());

        assertThat(jobs.admit(sameKey)).isInstanceOf(Admission.Different.class);
        assertThat(jobs.find(JobKind.RUN, run.id())).isEmpty();
    }

    @Test
    void everyTableAndColumnSaysWhatItIs() {
        assertThat(
                        count(
                                """
                                SELECT count(*) FROM information_schema.columns
                                WHERE table_schema = 'gateway'
                                  AND table_name IN ('jobs', 'client_slots')
                                  AND col_description(
                                      ('gateway.' || table_name)::regclass, ordinal_position)
                                      IS NULL\
                                """))
                .as("columns that do not")
                .isZero();
        assertThat(
                        count(
                                """
                                SELECT count(*) FROM pg_class
                                WHERE relnamespace = 'gateway'::regnamespace
                                  AND relname IN ('jobs', 'client_slots')
                                  AND obj_description(oid, 'pg_class') IS NOT NULL\
                                """))
                .as("tables that do")
                .isEqualTo(2);
    }

    private int count(String question) {
        return sql.sql(question).query(Integer.class).single();
    }

    private UUID admitted(String client, Optional<String> key, String ago) {
        NewJob job = job(client, key);
        assertThat(jobs.admit(job)).isInstanceOf(Admission.Admitted.class);
        sql.sql(
                        "UPDATE gateway.jobs SET created_at = now() - CAST(:ago AS interval)"
                                + " WHERE battle_id = :id")
                .param("ago", ago)
                .param("id", job.id())
                .update();
        return job.id();
    }

    private int runningOf(String client) {
        return sql.sql("SELECT running FROM gateway.client_slots WHERE client = :client")
                .param("client", client)
                .query(Integer.class)
                .single();
    }

    private static NewJob job(String client, Optional<String> key) {
        return job(client, key, "fingerprint");
    }

    private static NewJob job(String client, Optional<String> key, String fingerprint) {
        return new NewJob(
                JobKind.BATTLE,
                UUID.randomUUID(),
                1,
                client,
                key,
                fingerprint,
                new byte[] {1, 2, 3},
                600,
                BigDecimal.ZERO,
                new Correlation("request-1", null));
    }

    private static NewJob costing(String client, String usd) {
        NewJob job = job(client, Optional.empty());
        return new NewJob(
                job.kind(),
                job.id(),
                job.battles(),
                client,
                job.key(),
                job.fingerprint(),
                job.request(),
                job.timeoutSeconds(),
                new BigDecimal(usd),
                job.correlation());
    }

    private static NewJob run(String client, String usd) {
        NewJob job = costing(client, usd);
        return new NewJob(
                JobKind.RUN,
                job.id(),
                7,
                client,
                job.key(),
                job.fingerprint(),
                job.request(),
                job.timeoutSeconds(),
                job.budgetUsd(),
                job.correlation());
    }

    private BigDecimal money(String column, String client) {
        return sql.sql(
                        "SELECT %s FROM gateway.client_slots WHERE client = :client"
                                .formatted(column))
                .param("client", client)
                .query(BigDecimal.class)
                .single();
    }
}
