package dev.battlestream.runner.scale;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done: the run's new state and the actions that go with it, in order. Plain data;
 * the topology applies it.
 */
public record RunDecision(ScaleRun run, List<Action> actions) {

    public RunDecision {
        actions = List.copyOf(actions);
    }

    /** One thing to do. */
    public sealed interface Action {}

    /**
     * Ask for a member's battle.
     *
     * @param index its place in the run, from 1
     * @param budgetUsd what it may cost at most; empty to leave that to its specification
     */
    public record Launch(int index, Optional<BigDecimal> budgetUsd) implements Action {}

    /**
     * Ask for the end of a member's battle.
     *
     * @param reason MANUAL or TIMEOUT
     */
    public record CancelMember(int index, RunEndReason reason) implements Action {}

    /** Tell everybody how the run ended. */
    public record End(RunOutcome outcome) implements Action {}

    /** The input was dropped on purpose. */
    public record Ignore(Dropped reason) implements Action {}

    /** Why an input was dropped; each has a counter. */
    public enum Dropped {
        /** The run has been requested before. */
        REPEATED_REQUEST,
        /** The end of the run has been asked for before. */
        REPEATED_CANCEL,
        /** The member has ended before, or is none that runs. */
        NO_RUNNING_MEMBER,
        /** The run has ended. */
        AFTER_END,
        /** It belongs to a run that nobody has asked for lately. */
        UNREQUESTED
    }
}
