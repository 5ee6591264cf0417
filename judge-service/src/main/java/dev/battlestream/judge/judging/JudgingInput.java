package dev.battlestream.judge.judging;

import java.time.Instant;

/** What happens to a docket. */
public sealed interface JudgingInput {

    /**
     * A message was played.
     *
     * @param seq its place among all messages of the battle, from 1
     * @param turn the agent's turn, from 1
     * @param speaker who played it
     * @param failed whether there is no message because its model failed for good
     * @param oversized whether it is too large to be kept until it is judged
     * @param at the time of the record
     * @param forgottenBefore records of an earlier time may have been forgotten
     */
    record TurnArrived(
            int seq,
            int turn,
            Speaker speaker,
            boolean failed,
            boolean oversized,
            Instant at,
            Instant forgottenBefore)
            implements JudgingInput {}

    /**
     * A turn was judged, by whichever instance.
     *
     * @param turn the turn that was judged, from 1
     * @param at the time of the record
     * @param forgottenBefore records of an earlier time may have been forgotten
     */
    record VerdictArrived(int turn, Instant at, Instant forgottenBefore) implements JudgingInput {}

    /**
     * Time went by.
     *
     * @param forgetBefore a battle whose last record is older may be forgotten
     */
    record TimePassed(Instant forgetBefore) implements JudgingInput {}
}
