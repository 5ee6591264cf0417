package dev.battlestream.runner.battle;

import dev.battlestream.runner.battle.Battle.AwaitingTurn;
import dev.battlestream.runner.battle.Battle.AwaitingVerdict;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * Why a battle ends, and what beside its progress that leaves on the bill.
 *
 * @param openUsd the most that calls may have cost whose use does not count: those that failed, and
 *     those in flight
 * @param nextCallUsd the worst case of the call that was not made
 */
record Ending(
        EndReason reason,
        Optional<Fault> fault,
        BigDecimal openUsd,
        Optional<BigDecimal> nextCallUsd) {

    /** With nothing in flight. */
    static Ending of(EndReason reason) {
        return new Ending(reason, Optional.empty(), BigDecimal.ZERO, Optional.empty());
    }

    static Ending beforeCall(BigDecimal nextCallUsd) {
        return new Ending(
                EndReason.BUDGET, Optional.empty(), BigDecimal.ZERO, Optional.of(nextCallUsd));
    }

    /** A call failed for good, or was not made because it does not fit any longer. */
    static Ending failed(Fault fault, Spent spent, BigDecimal nextCallUsd) {
        return fault.blame() == Fault.Blame.BUDGET
                ? new Ending(
                        EndReason.BUDGET,
                        Optional.empty(),
                        spent.mostUsd(),
                        Optional.of(nextCallUsd))
                : new Ending(
                        EndReason.ERROR, Optional.of(fault), spent.mostUsd(), Optional.empty());
    }

    /** While a message was being asked for. */
    static Ending inFlight(EndReason reason, AwaitingTurn battle) {
        return inFlight(reason, battle.terms().tariff().call(battle.next(), battle.progress()));
    }

    /** While a turn was being judged. */
    static Ending inFlight(EndReason reason, AwaitingVerdict battle) {
        return inFlight(reason, battle.terms().tariff().judgingUsd());
    }

    private static Ending inFlight(EndReason reason, BigDecimal callUsd) {
        return new Ending(reason, Optional.empty(), callUsd, Optional.empty());
    }

    Outcome outcome(Terms terms, Progress progress, Instant at) {
        return new Outcome(
                reason,
                fault,
                progress,
                progress.unsettledUsd().add(openUsd),
                nextCallUsd,
                terms.startedAt(),
                at,
                terms.clientId(),
                terms.runId());
    }
}
