package dev.battlestream.runner.scale;

import dev.battlestream.runner.battle.Fault;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** What can happen to a run. {@code at} is when the runner learned of it. */
public sealed interface RunInput {

    Instant at();

    /**
     * Somebody asked for the run.
     *
     * @param terms what it would go by
     * @param refusal why it is not accepted; empty if it is
     */
    record Requested(RunTerms terms, Optional<Fault> refusal, Instant at) implements RunInput {}

    /**
     * A member has ended.
     *
     * @param index its place in the run, from 1
     * @param goal whether it reached its goal
     * @param costUsd what all roles have cost
     * @param unsettledUsd the most that may be on a provider's bill beside that
     */
    record MemberEnded(
            int index, boolean goal, BigDecimal costUsd, BigDecimal unsettledUsd, Instant at)
            implements RunInput {}

    /** Somebody asked for the end of the run. */
    record CancelAsked(Instant at) implements RunInput {}

    /** The deadline of the run, or of what is kept of one that nobody asked for, has passed. */
    record TimeUp(Instant at) implements RunInput {}
}
