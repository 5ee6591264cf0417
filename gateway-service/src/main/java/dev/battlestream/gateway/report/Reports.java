package dev.battlestream.gateway.report;

import dev.battlestream.gateway.exchange.Correlation;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of battles. Each read answers within a bounded time, with nothing for an unknown
 * battle, or throws a {@link dev.battlestream.gateway.exchange.RequestProblem} when nobody can say.
 */
public interface Reports {

    Optional<BattleStatus> status(UUID battleId, Correlation correlation);

    /**
     * The messages after a seq.
     *
     * @param limit at most this many, at least 1
     */
    Optional<MessagePage> messages(UUID battleId, int sinceSeq, int limit, Correlation correlation);

    /**
     * The decisions after a turn.
     *
     * @param limit at most this many, at least 1
     */
    Optional<VerdictPage> verdicts(
            UUID battleId, int sinceTurn, int limit, Correlation correlation);
}
