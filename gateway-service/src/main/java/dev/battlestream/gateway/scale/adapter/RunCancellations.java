package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.battle.adapter.Cancelled;
import dev.battlestream.gateway.battle.adapter.EventPublisher;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.RunReports;
import dev.battlestream.gateway.report.RunStatus;
import dev.battlestream.schemas.Topics;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels scale runs; asking again changes nothing. */
final class RunCancellations {

    private static final Logger LOG = LoggerFactory.getLogger(RunCancellations.class);

    private final EventPublisher publisher;
    private final RunReports reports;
    private final InstantSource clock;

    RunCancellations(EventPublisher publisher, RunReports reports, InstantSource clock) {
        this.publisher = publisher;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * Asks for the end of a run. While the report service is away nobody can say how the run
     * stands, but it can be ended all the same; an id that nobody has asked for is then dropped by
     * the runner.
     *
     * @throws RequestProblem if there is no such run, or it has ended by itself
     */
    Cancelled cancel(UUID id, String client, Correlation correlation) {
        Optional<RunStatus> known = known(id, correlation);
        if (known.isPresent() && known.get().wasCanceled()) {
            return new Cancelled(true, known.get().state());
        }
        if (known.isPresent() && known.get().hasEnded()) {
            throw RequestProblem.of(
                    ProblemCode.RUN_ENDED, "It ended for the reason " + known.get().endedReason());
        }
        publisher.publish(
                Topics.SCALE_CANCELLATIONS,
                id.toString(),
                RunAvro.cancelRequested(id, client, clock.instant()),
                correlation);
        LOG.info("End of run {} requested by {}", id, client);
        return new Cancelled(true, known.map(RunStatus::state).orElse(BattleStatus.RUNNING));
    }

    /** How the run stands; empty while nobody can say. */
    private Optional<RunStatus> known(UUID id, Correlation correlation) {
        try {
            return Optional.of(reports.status(id, correlation).orElseThrow(RunPaths::unknown));
        } catch (RequestProblem problem) {
            if (problem.code() != ProblemCode.REPORT_UNAVAILABLE) {
                throw problem;
            }
            LOG.info("Run {} is cancelled without the report service", id);
            return Optional.empty();
        }
    }
}
