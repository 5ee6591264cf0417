package dev.battlestream.gateway.report;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import java.util.Optional;
import java.util.UUID;

/**
 * What is known of battles. Each read answers within a bounded time, with nothing for an unknown
 * battle, or throws a {@link dev.battlestream.gateway.exchange.RequestProblem}: when nobody can
 * say, and {@link #unknown} for a battle that was deleted, of which nobody else is to be asked.
 */
public interface Reports {

    /** Nobody knows the battle. */
    static RequestProblem unknown() {
        return RequestProblem.of(
                ProblemCode.BATTLE_NOT_FOUND, "No battle has this id, or it is long gone");
    }

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
