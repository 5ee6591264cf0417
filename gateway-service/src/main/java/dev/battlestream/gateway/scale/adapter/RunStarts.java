package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.gateway.battle.adapter.AdmissionDesk;
import dev.battlestream.gateway.battle.adapter.JobRequest;
import dev.battlestream.gateway.battle.adapter.JobStarts;
import dev.battlestream.gateway.battle.adapter.NewJob;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.RunReports;
import dev.battlestream.gateway.report.RunStatus;
import dev.battlestream.gateway.scale.StartRun;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts scale runs, each key and each id once. */
final class RunStarts {

    private static final Logger LOG = LoggerFactory.getLogger(RunStarts.class);

    private final AdmissionDesk desk;
    private final JobStarts jobs;
    private final Optional<BigDecimal> defaultBudget;
    private final RunReports reports;
    private final InstantSource clock;

    RunStarts(
            AdmissionDesk desk,
            JobStarts jobs,
            Optional<BigDecimal> defaultBudget,
            RunReports reports,
            InstantSource clock) {
        this.desk = desk;
        this.jobs = jobs;
        this.defaultBudget = defaultBudget;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * The outcome of a start.
     *
     * @param replayed whether the run had been started before
     */
    record Outcome(RunStarted started, boolean replayed) {}

    /**
     * Starts a run, or answers the one that the same request has started.
     *
     * @param key the client's idempotency key
     * @throws RequestProblem if the request is refused or the database does not answer
     */
    Outcome start(StartRun start, Optional<String> key, String client, Correlation correlation) {
        Optional<UUID> chosen = start.runId();
        if (chosen.isPresent()) {
            Optional<Outcome> elsewhere = startedElsewhere(chosen.get(), correlation);
            if (elsewhere.isPresent()) {
                return elsewhere.get();
            }
        }
        UUID id = chosen.orElseGet(UUID::randomUUID);
        // With the operator's budget of each battle where nothing else bounds the cost.
        StartRun bounded = defaultBudget.map(start::orEachCosting).orElse(start);
        ScaleRunRequested request = RunAvro.requested(id, bounded, client, clock.instant());
        NewJob job =
                new NewJob(
                        JobKind.RUN,
                        id,
                        start.runCount(),
                        client,
                        key,
                        RunAvro.fingerprint(start),
                        JobRequest.RUN.encoding().encode(request),
                        start.timeoutSeconds(),
                        bounded.mostUsd().orElse(BigDecimal.ZERO),
                        correlation);
        JobStarts.Begun begun = jobs.begin(job, JobRequest.RUN, request);
        if (begun.replayed()) {
            return replayed(
                    begun.id(), knownState(begun.id(), correlation).orElse(BattleStatus.QUEUED));
        }
        LOG.atInfo()
                .addKeyValue("runId", begun.id())
                .log("Run {} of {} battles requested by {}", begun.id(), start.runCount(), client);
        return new Outcome(RunStarted.queued(begun.id()), false);
    }

    /** A run that nobody asked a gateway for, but that is on the log. */
    private Optional<Outcome> startedElsewhere(UUID id, Correlation correlation) {
        if (desk.find(JobKind.RUN, id).isPresent()) {
            return Optional.empty();
        }
        return knownState(id, correlation).map(state -> replayed(id, state));
    }

    private static Outcome replayed(UUID id, String state) {
        return new Outcome(RunStarted.of(id, state), true);
    }

    /** The state if anybody can say; a start does not depend on the report service. */
    private Optional<String> knownState(UUID id, Correlation correlation) {
        try {
            return reports.status(id, correlation).map(RunStatus::state);
        } catch (RequestProblem unavailable) {
            LOG.debug("A start goes on without the report service", unavailable);
            return Optional.empty();
        }
    }
}
