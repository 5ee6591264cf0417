package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.events.CancelReason;
import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.schemas.Topics;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cancels battles; asking again changes nothing. */
final class BattleCancellations {

    private static final Logger LOG = LoggerFactory.getLogger(BattleCancellations.class);

    private final EventPublisher publisher;
    private final Reports reports;
    private final InstantSource clock;

    BattleCancellations(EventPublisher publisher, Reports reports, InstantSource clock) {
        this.publisher = publisher;
        this.reports = reports;
        this.clock = clock;
    }

    /**
     * Asks for the end of a battle. While the report service is away nobody can say how the battle
     * stands, but it can be ended all the same; an id that nobody has asked for is then dropped by
     * the runner.
     *
     * @throws RequestProblem if there is no such battle, or it has ended by itself
     */
    Cancelled cancel(UUID id, String client, Correlation correlation) {
        Optional<BattleStatus> known = known(id, correlation);
        if (known.isPresent() && known.get().wasCanceled()) {
            return new Cancelled(true, known.get().state());
        }
        if (known.isPresent() && known.get().hasEnded()) {
            throw RequestProblem.of(
                    ProblemCode.BATTLE_ENDED,
                    "It ended for the reason " + known.get().endedReason());
        }
        publish(id, CancelReason.MANUAL, client, correlation);
        LOG.info("End of battle {} requested by {}", id, client);
        return new Cancelled(true, known.map(BattleStatus::state).orElse(BattleStatus.RUNNING));
    }

    /**
     * Ends a battle because nobody waits for it any longer. If that cannot be published, the
     * battle's own time-out ends it.
     */
    void timeOut(UUID id, String client, Correlation correlation) {
        try {
            publish(id, CancelReason.TIMEOUT, client, correlation);
            LOG.info("Battle {} took too long for who waited for it", id);
        } catch (RequestProblem problem) {
            LOG.warn("Battle {} is left to its own time-out: {}", id, problem.code().code());
        }
    }

    private void publish(UUID id, CancelReason reason, String client, Correlation correlation) {
        publisher.publish(
                Topics.BATTLE_CANCELLATIONS,
                id.toString(),
                BattleAvro.cancelRequested(id, reason, client, clock.instant()),
                correlation);
    }

    /** How the battle stands; empty while nobody can say. */
    private Optional<BattleStatus> known(UUID id, Correlation correlation) {
        try {
            return Optional.of(reports.status(id, correlation).orElseThrow(BattlePaths::unknown));
        } catch (RequestProblem problem) {
            if (problem.code() != ProblemCode.REPORT_UNAVAILABLE) {
                throw problem;
            }
            LOG.info("Battle {} is cancelled without the report service", id);
            return Optional.empty();
        }
    }
}
