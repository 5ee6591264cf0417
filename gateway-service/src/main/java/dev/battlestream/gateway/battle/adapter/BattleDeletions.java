package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.gateway.report.WatchedBattles;
import dev.battlestream.schemas.Topics;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes battles that have ended: the log is told, and whoever keeps something of the battle reads
 * it there. Asking again before they have changes nothing.
 */
final class BattleDeletions {

    private static final Logger LOG = LoggerFactory.getLogger(BattleDeletions.class);

    private final EventPublisher publisher;
    private final Reports reports;
    private final WatchedBattles watched;
    private final InstantSource clock;

    BattleDeletions(
            EventPublisher publisher,
            Reports reports,
            WatchedBattles watched,
            InstantSource clock) {
        this.publisher = publisher;
        this.reports = reports;
        this.watched = watched;
        this.clock = clock;
    }

    /**
     * Has a battle deleted.
     *
     * @return once the log has it
     * @throws RequestProblem if there is no such battle, or no more, or it goes on, or nobody can
     *     say
     */
    DeletionAccepted delete(UUID id, String client, Correlation correlation) {
        BattleStatus status = reports.status(id, correlation).orElseThrow(BattlePaths::unknown);
        if (!status.hasEnded()) {
            throw RequestProblem.of(
                    ProblemCode.BATTLE_RUNNING,
                    "It is %s: cancel it, and delete it when it has ended"
                            .formatted(status.state()));
        }
        publisher.publish(
                Topics.BATTLE_DELETIONS,
                id.toString(),
                BattleAvro.deletionRequested(id, client, clock.instant()),
                correlation);
        watched.end(id);
        LOG.info("Deletion of battle {} requested by {}", id, client);
        return new DeletionAccepted(true, status.state());
    }
}
