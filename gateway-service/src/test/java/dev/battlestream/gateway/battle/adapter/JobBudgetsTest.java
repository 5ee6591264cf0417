package dev.battlestream.gateway.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.gateway.battle.Admission;
import dev.battlestream.gateway.battle.Job;
import dev.battlestream.gateway.battle.JobKind;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What is reserved of a day, and what comes back. */
class JobBudgetsTest extends JobContract {

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

    @Test
    void theDearestRunThatAnOperatorCanAllowIsReserved() {
        NewJob run = run("a", "100000000000");

        jobs.admit(run);

        assertThat(money("reserved_usd", "a")).isEqualByComparingTo("100000000000");
        jobs.end(JobKind.RUN, Map.of(run.id(), JobEnd.unpriced("timeout")));
        assertThat(money("spent_usd", "a")).isEqualByComparingTo("100000000000");
    }
}
