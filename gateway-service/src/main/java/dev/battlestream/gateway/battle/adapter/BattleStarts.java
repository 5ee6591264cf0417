package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.gateway.battle.Admission;
import dev.battlestream.gateway.battle.StartBattle;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.Reports;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts battles, each key and each id once. Order: the database admits the request and keeps it;
 * from then on the answer is yes, and the outbox brings the request onto the log, now or later.
 */
final class BattleStarts {

    private static final Logger LOG = LoggerFactory.getLogger(BattleStarts.class);

    private static final Duration WHEN_ONE_MAY_HAVE_ENDED = Duration.ofSeconds(5);

    private static final Duration WHEN_SOME_MAY_HAVE_COME_BACK = Duration.ofSeconds(60);

    private final AdmissionDesk desk;
    private final Outbox outbox;
    private final Optional<BigDecimal> defaultBudget;
    private final Reports reports;
    private final MeterRegistry meters;
    private final InstantSource clock;

    BattleStarts(
            AdmissionDesk desk,
            Outbox outbox,
            Optional<BigDecimal> defaultBudget,
            Reports reports,
            MeterRegistry meters,
            InstantSource clock) {
        this.desk = desk;
        this.outbox = outbox;
        this.defaultBudget = defaultBudget;
        this.reports = reports;
        this.meters = meters;
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
        return switch (desk.admit(job(request, start, key, client, correlation))) {
            case Admission.Admitted(UUID id) -> {
                count("accepted");
                LOG.atInfo()
                        .addKeyValue("battleId", id)
                        .log("Battle {} requested by {}", id, client);
                outbox.publishNow(request, correlation);
                yield new Outcome(Started.queued(id), false);
            }
            case Admission.Repeated(UUID id) -> {
                count("replayed");
                yield new Outcome(Started.of(id, state(id, correlation)), true);
            }
            case Admission.Different _ -> {
                count("mismatch");
                throw RequestProblem.of(
                        ProblemCode.IDEMPOTENCY_MISMATCH,
                        "This key or battleId was used before, with another body");
            }
            case Admission.TooMany _ -> {
                count("too_many_jobs");
                throw RequestProblem.passing(
                        ProblemCode.TOO_MANY_JOBS,
                        "As many battles as one client may have are running; wait for an end or"
                                + " cancel one",
                        WHEN_ONE_MAY_HAVE_ENDED);
            }
            case Admission.BudgetSpent _ -> {
                count("daily_budget_spent");
                throw RequestProblem.passing(
                        ProblemCode.DAILY_BUDGET_SPENT,
                        "The budget of this battle does not fit into what is left of the client's"
                                + " day (UTC); what running battles do not spend comes back",
                        WHEN_SOME_MAY_HAVE_COME_BACK);
            }
        };
    }

    /** With the operator's budget where it names none. */
    private StartBattle bounded(StartBattle start) {
        return defaultBudget.map(start::orCosting).orElse(start);
    }

    /** A battle that nobody asked a gateway for, but that is on the log. */
    private Optional<Outcome> startedElsewhere(UUID id, Correlation correlation) {
        if (desk.find(id).isPresent()) {
            return Optional.empty();
        }
        return knownState(id, correlation).map(state -> new Outcome(Started.of(id, state), true));
    }

    private static NewJob job(
            BattleRequested request,
            StartBattle start,
            Optional<String> key,
            String client,
            Correlation correlation) {
        return new NewJob(
                UUID.fromString(request.getBattleId()),
                client,
                key,
                BattleAvro.fingerprint(start),
                Outbox.ENCODING.encode(request),
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

    private void count(String outcome) {
        meters.counter("battlestream.gateway.starts", "outcome", outcome).increment();
    }
}
