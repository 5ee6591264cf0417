package dev.battlestream.gateway.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.battle.Admission;
import dev.battlestream.gateway.battle.Job;
import dev.battlestream.gateway.battle.JobKind;
import java.math.BigDecimal;
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
import org.junit.jupiter.api.Test;

/** What is admitted, once, and handed on. */
class JobsTest extends JobContract {

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
}
