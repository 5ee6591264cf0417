package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.schemas.Topics;
import java.time.InstantSource;
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
     * Asks for the end of a battle.
     *
     * @throws RequestProblem if there is no such battle, or it has ended by itself
     */
    Cancelled cancel(UUID id, String client, Correlation correlation) {
        BattleStatus status = reports.status(id, correlation).orElseThrow(BattlePaths::unknown);
        if (status.wasCanceled()) {
            return new Cancelled(true, status.state());
        }
        if (status.hasEnded()) {
            throw RequestProblem.of(
                    ProblemCode.BATTLE_ENDED, "It ended for the reason " + status.endedReason());
        }
        publisher.publish(
                Topics.BATTLE_CANCELLATIONS,
                id.toString(),
                BattleAvro.cancelRequested(id, client, clock.instant()),
                correlation);
        LOG.info("End of battle {} requested by {}", id, client);
        return new Cancelled(true, status.state());
    }
}
