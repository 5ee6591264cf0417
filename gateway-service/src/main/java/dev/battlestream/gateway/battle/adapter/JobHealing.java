package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.Job;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.Reports;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the end of battles whose outcome was not heard of although their time is over, and counts
 * that are wrong: so nothing that was missed takes a client's slot for ever.
 */
final class JobHealing {

    private static final Logger LOG = LoggerFactory.getLogger(JobHealing.class);

    private final JobCare care;
    private final Jobs jobs;
    private final Reports reports;
    private final MeterRegistry meters;

    JobHealing(JobCare care, Jobs jobs, Reports reports, MeterRegistry meters) {
        this.care = care;
        this.jobs = jobs;
        this.reports = reports;
        this.meters = meters;
    }

    /**
     * One round over some battles.
     *
     * @throws RequestProblem if the report service cannot say how they stand; a later round asks
     *     again
     */
    void heal() {
        int wrong = care.recount();
        if (wrong > 0) {
            LOG.warn("{} counts of running battles were wrong and are right now", wrong);
            count("count", wrong);
        }
        List<UUID> overdue = care.takeOverdue();
        for (UUID battleId : overdue) {
            heal(battleId);
        }
    }

    private void heal(UUID battleId) {
        Optional<BattleStatus> status =
                reports.status(battleId, new Correlation("healing-" + battleId, null));
        String reason = status.map(BattleStatus::endedReason).orElse(null);
        if (reason != null) {
            jobs.end(Map.of(battleId, JobEnd.unpriced(reason)));
            LOG.warn("The outcome of battle {} was missed: {}", battleId, reason);
            count("missed", 1);
        } else if (status.isPresent()) {
            // It plays longer than it may: a runner that was away will end it.
            LOG.info("Battle {} is overdue and still plays", battleId);
            count("late", 1);
        } else {
            // Its time is over, and neither the log nor a view has it: nobody will ever end it.
            jobs.end(Map.of(battleId, JobEnd.unpriced(Job.LOST)));
            LOG.error("Battle {} was published and nobody knows it; it counts as lost", battleId);
            count("lost", 1);
        }
    }

    private void count(String what, int times) {
        meters.counter("battlestream.gateway.jobs.healed", "what", what).increment(times);
    }
}
