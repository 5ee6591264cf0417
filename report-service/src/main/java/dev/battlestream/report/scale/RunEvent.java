package dev.battlestream.report.scale;

import java.time.Instant;

/** What a record says of a run. */
public sealed interface RunEvent {

    /** Of the run itself. */
    sealed interface OfRun extends RunEvent {}

    /** Of one of its battles. */
    sealed interface OfMember extends RunEvent {

        /** The member's place in the run; anything, if its writer breaks the contract. */
        int index();

        /** The member's battle; anything, too. */
        String battleId();
    }

    /**
     * It was asked for.
     *
     * @param requestedAt when, by the requester's clock
     */
    record Requested(Instant requestedAt, RunSpecification specification) implements OfRun {}

    /** It ended. */
    record Ended(RunEnding ending) implements OfRun {}

    /**
     * A member was launched.
     *
     * @param at when, by the runner's clock
     */
    record Launched(int index, String battleId, Instant at) implements OfMember {}

    /** A member ended. */
    record MemberEnded(int index, String battleId, MemberResult result) implements OfMember {}
}
