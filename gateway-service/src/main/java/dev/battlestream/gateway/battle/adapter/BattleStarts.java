package dev.battlestream.gateway.battle.adapter;

import dev.battlestream.gateway.battle.RecentStarts;
import dev.battlestream.gateway.battle.StartBattle;
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

/**
 * Starts battles, each id once. Who chooses an id (directly or by a key) may come again with it:
 * while this process remembers the start, the same request is answered as replayed and another one
 * is refused; later the report service still knows the battle; and if neither does, the request is
 * published again, which the runner ignores.
 */
final class BattleStarts {

    private static final Logger LOG = LoggerFactory.getLogger(BattleStarts.class);

    private final EventPublisher publisher;
    private final Reports reports;
    private final RecentStarts recent;
    private final InstantSource clock;

    BattleStarts(
            EventPublisher publisher, Reports reports, RecentStarts recent, InstantSource clock) {
        this.publisher = publisher;
        this.reports = reports;
        this.recent = recent;
        this.clock = clock;
    }

    /**
     * The outcome of a start.
     *
     * @param replayed whether the battle had been started before
     */
    record Outcome(Started started, boolean replayed) {}

    /** Starts a battle under an id of our own. */
    Outcome startNew(StartBattle start, String client, Correlation correlation) {
        UUID id = UUID.randomUUID();
        recent.claim(id, BattleAvro.fingerprint(id, start), clock.instant());
        return publish(id, start, client, correlation);
    }

    /** Starts a battle under an id that the client chose. */
    Outcome startChosen(UUID id, StartBattle start, String client, Correlation correlation) {
        return switch (recent.claim(id, BattleAvro.fingerprint(id, start), clock.instant())) {
            case DIFFERENT ->
                    throw RequestProblem.of(
                            ProblemCode.IDEMPOTENCY_MISMATCH,
                            "This key or battleId was used before, with another body");
            case SAME -> new Outcome(Started.of(id, state(id, correlation)), true);
            // Which of the two reaches the log first is of no matter; both must, since the other
            // may
            // yet fail.
            case UNDER_WAY -> new Outcome(publish(id, start, client, correlation).started(), true);
            case FRESH -> {
                Optional<String> known = knownState(id, correlation);
                if (known.isPresent()) {
                    recent.release(id);
                    yield new Outcome(Started.of(id, known.get()), true);
                }
                yield publish(id, start, client, correlation);
            }
        };
    }

    private Outcome publish(UUID id, StartBattle start, String client, Correlation correlation) {
        try {
            publisher.publish(
                    Topics.BATTLE_REQUESTS,
                    id.toString(),
                    BattleAvro.requested(id, start, client, clock.instant()),
                    correlation);
        } catch (RequestProblem problem) {
            recent.release(id);
            throw problem;
        }
        recent.accepted(id);
        LOG.info("Battle {} requested by {}", id, client);
        return new Outcome(Started.queued(id), false);
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
