package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.gateway.battle.JobKind;
import dev.battlestream.gateway.battle.StartBattle;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.Reports;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts battles, each key and each id once. */
final class BattleStarts {

    private static final Logger LOG = LoggerFactory.getLogger(BattleStarts.class);

    private final AdmissionDesk desk;
    private final JobStarts jobs;
    private final Optional<BigDecimal> defaultBudget;
    private final Reports reports;
    private final InstantSource clock;

    BattleStarts(
            AdmissionDesk desk,
            JobStarts jobs,
            Optional<BigDecimal> defaultBudget,
            Reports reports,
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
     * @param replayed whether the battle had been started before
     */
    record Outcome(Started started, boolean replayed) {}

    /**
     * Starts a battle, or answers the one that the same request has started.
     *
     * @param key the client's idempotency key
     * @param wait how long the caller waits for the end; the battle gets no more time than that
     * @throws RequestProblem if the request is refused or the database does not answer
     */
    Outcome start(
            StartBattle start,
            Optional<String> key,
            Optional<Duration> wait,
            String client,
            Correlation correlation) {
        Optional<UUID> chosen = start.battleId();
        if (chosen.isPresent()) {
            Optional<Outcome> elsewhere = startedElsewhere(chosen.get(), correlation);
            if (elsewhere.isPresent()) {
                return elsewhere.get();
            }
        }
        BattleRequested request =
                BattleAvro.requested(
                        chosen.orElseGet(UUID::randomUUID),
                        bounded(wait.map(start::within).orElse(start)),
                        client,
                        clock.instant());
        JobStarts.Begun begun =
                jobs.begin(
                        job(request, start, key, client, correlation), JobRequest.BATTLE, request);
        if (begun.replayed()) {
            return new Outcome(Started.of(begun.id(), state(begun.id(), correlation)), true);
        }
        LOG.atInfo()
                .addKeyValue("battleId", begun.id())
                .log("Battle {} requested by {}", begun.id(), client);
        return new Outcome(Started.queued(begun.id()), false);
    }

    /** With the operator's budget where it names none. */
    private StartBattle bounded(StartBattle start) {
        return defaultBudget.map(start::orCosting).orElse(start);
    }

    /** A battle that nobody asked a gateway for, but that is on the log. */
    private Optional<Outcome> startedElsewhere(UUID id, Correlation correlation) {
        if (desk.find(JobKind.BATTLE, id).isPresent()) {
            return Optional.empty();
        }
        try {
            return reports.status(id, correlation)
                    .map(status -> new Outcome(Started.of(id, status.state()), true));
        } catch (RequestProblem problem) {
            if (problem.code() == ProblemCode.BATTLE_NOT_FOUND) {
                // The runner still remembers the id and would never play it.
                throw RequestProblem.invalid(
                        List.of(
                                new FieldError(
                                        "battleId", "is that of a battle that was deleted")));
            }
            LOG.debug("A start goes on without the report service", problem);
            return Optional.empty();
        }
    }

    private static NewJob job(
            BattleRequested request,
            StartBattle start,
            Optional<String> key,
            String client,
            Correlation correlation) {
        return new NewJob(
                JobKind.BATTLE,
                UUID.fromString(request.getBattleId()),
                1,
                client,
                key,
                BattleAvro.fingerprint(start),
                JobRequest.BATTLE.encoding().encode(request),
                request.getTimeoutSeconds(),
                request.getBudgetUsd() == null ? BigDecimal.ZERO : request.getBudgetUsd(),
                correlation);
    }

    private String state(UUID id, Correlation correlation) {
        return knownState(id, correlation).orElse(BattleStatus.QUEUED);
    }

    /** The state if anybody can say; a start does not depend on the report service. */
    private Optional<String> knownState(UUID id, Correlation correlation) {
        try {
            return reports.status(id, correlation).map(BattleStatus::state);
        } catch (RequestProblem unavailable) {
            LOG.debug("A start goes on without the report service", unavailable);
            return Optional.empty();
        }
    }
}
