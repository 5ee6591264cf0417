package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.Job;
import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.gateway.report.RunReports;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the end of jobs whose outcome was not heard of although their time is over, and counts that
 * are wrong: so nothing that was missed takes a client's slot for ever.
 */
final class JobHealing {

    private static final Logger LOG = LoggerFactory.getLogger(JobHealing.class);

    private final JobCare care;
    private final Jobs jobs;
    private final Reports battles;
    private final RunReports runs;
    private final MeterRegistry meters;

    JobHealing(JobCare care, Jobs jobs, Reports battles, RunReports runs, MeterRegistry meters) {
        this.care = care;
        this.jobs = jobs;
        this.battles = battles;
        this.runs = runs;
        this.meters = meters;
    }

    /**
     * One round over some jobs.
     *
     * @throws RequestProblem if the report service cannot say how they stand; a later round asks
     *     again
     */
    void heal() {
        int wrong = care.recount();
        if (wrong > 0) {
            LOG.warn("{} counts of running jobs were wrong and are right now", wrong);
            count("count", wrong);
        }
        for (JobCare.Overdue overdue : care.takeOverdue()) {
            heal(overdue.kind(), overdue.id());
        }
    }

    private void heal(JobKind kind, UUID id) {
        Standing standing = standing(kind, id, new Correlation("healing-" + id, null));
        if (standing.endedReason() != null) {
            jobs.end(kind, Map.of(id, JobEnd.unpriced(standing.endedReason())));
            LOG.warn("The outcome of job {} was missed: {}", id, standing.endedReason());
            count("missed", 1);
        } else if (standing.known()) {
            // It takes longer than it may: a runner that was away will end it.
            LOG.info("Job {} is overdue and goes on", id);
            count("late", 1);
        } else {
            // Its time is over, and neither the log nor a view has it: nobody will ever end it.
            jobs.end(kind, Map.of(id, JobEnd.unpriced(Job.LOST)));
            LOG.error("Job {} was published and nobody knows it; it counts as lost", id);
            count("lost", 1);
        }
    }

    /**
     * How a job is doing elsewhere.
     *
     * @param endedReason null while it goes on
     */
    private record Standing(boolean known, @Nullable String endedReason) {

        static final Standing UNKNOWN = new Standing(false, null);
    }

    private Standing standing(JobKind kind, UUID id, Correlation correlation) {
        return switch (kind) {
            case BATTLE ->
                    battle(id, correlation)
                            .map(status -> new Standing(true, status.endedReason()))
                            .orElse(Standing.UNKNOWN);
            case RUN ->
                    runs.status(id, correlation)
                            .map(status -> new Standing(true, status.endedReason()))
                            .orElse(Standing.UNKNOWN);
        };
    }

    /** Nothing is known either of a battle that was deleted before its outcome was heard of. */
    private Optional<BattleStatus> battle(UUID id, Correlation correlation) {
        try {
            return battles.status(id, correlation);
        } catch (RequestProblem problem) {
            if (problem.code() == ProblemCode.BATTLE_NOT_FOUND) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    private void count(String what, int times) {
        meters.counter("battlestream.gateway.jobs.healed", "what", what).increment(times);
    }
}
