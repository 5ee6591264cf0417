package dev.battlestream.runner.battle;

import dev.battlestream.runner.battle.BattleInput.TurnArrived;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * The life of a battle.
 *
 * <pre>
 *   Unrequested ──requested──► AwaitingTurn ◄──goes on──┐
 *        │                       │      │               │
 *        │                  agent│      │opponent       │
 *        │                       ▼      └───────► (next AwaitingTurn)
 *        │                 AwaitingVerdict ─────────────┘
 *        │ refused               │ goal, limit, plateau, budget, error
 *        └───────────┬───────────┴── cancelled or timed out: from every state
 *                    ▼
 *                  Ended
 * </pre>
 */
public sealed interface Battle {

    /**
     * Nobody has asked for it yet, but something of it may already have arrived: after a crash the
     * request is read again and may come later than what it caused.
     *
     * @param cancelled why somebody already wants its end
     */
    record Unrequested(Arrivals arrivals, Optional<EndReason> cancelled) implements Battle {}

    /**
     * The next message is being asked for.
     *
     * @param next who plays it; its seq is {@code progress.messages() + 1}
     */
    record AwaitingTurn(Terms terms, Progress progress, Speaker next, Arrivals arrivals)
            implements Battle {

        /** The agent's turn that the next message belongs to. */
        int turn() {
            return next == Speaker.AGENT ? progress.turns() + 1 : progress.turns();
        }

        /** The worst case of the next call, in US dollars, with the judging that it needs. */
        BigDecimal nextCallUsd() {
            return terms.tariff().call(next, progress).add(terms.tariff().judging(next));
        }

        /** Whether the next call fits into the budget. */
        boolean isAffordable() {
            BigDecimal spent = progress.mostUsd();
            return terms.budgetUsd()
                    .map(budget ->
                            spent.compareTo(budget) < 0
                                    && spent.add(nextCallUsd()).compareTo(budget) <= 0)
                    .orElse(true);
        }

        Allowance allowance() {
            return new Allowance(
                    terms.budgetUsd().map(budget -> budget.subtract(progress.mostUsd())),
                    terms.tariff().judging(next));
        }

        /** The agent has spoken and is judged; the opponent has spoken and the agent goes on. */
        Battle played(TurnArrived turn, Arrivals rest) {
            Progress further = progress.played(next, turn);
            return switch (next) {
                case AGENT -> new AwaitingVerdict(terms, further, rest);
                case OPPONENT -> new AwaitingTurn(terms, further, Speaker.AGENT, rest);
            };
        }

        Ended ended(Instant at) {
            return new Ended(at);
        }
    }

    /** The agent's last message, turn {@code progress.turns()}, is being judged. */
    record AwaitingVerdict(Terms terms, Progress progress, Arrivals arrivals) implements Battle {

        AwaitingTurn goesOn(Progress judged, Arrivals rest) {
            Speaker next = terms.opponent() ? Speaker.OPPONENT : Speaker.AGENT;
            return new AwaitingTurn(terms, judged, next, rest);
        }

        Ended ended(Instant at) {
            return new Ended(at);
        }
    }

    /** It is over; only this marker is left, so that a repeated request never runs twice. */
    record Ended(Instant at) implements Battle {}

    /** A battle of which nothing is known. */
    Unrequested UNKNOWN = new Unrequested(Arrivals.NONE, Optional.empty());
}
