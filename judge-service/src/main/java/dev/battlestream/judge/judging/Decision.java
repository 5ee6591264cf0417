package dev.battlestream.judge.judging;

import java.util.OptionalInt;

/**
 * What follows from an input.
 *
 * @param docket what is remembered from now on
 * @param action the one thing to do
 */
public record Decision(Docket docket, Action action) {

    /** What is done about an input. */
    public sealed interface Action {

        /**
         * The turn is judged: an effect of its own.
         *
         * @param turn the number that its verdict has
         */
        record Judge(int turn, Fitness fitness) implements Action {}

        /**
         * The turn is kept: it is judged when the verdict of the one before it was read, because
         * verdicts count only in the order of turns.
         *
         * @param turn the number that its verdict will have
         */
        record Hold(int turn, Fitness fitness) implements Action {}

        /**
         * The turn has its verdict: its effect, if there is one, is complete.
         *
         * @param next the turn that was held for this verdict and is judged now; empty for none
         */
        record Settle(int turn, OptionalInt next) implements Action {}

        /** Nothing beyond remembering. */
        record Remember() implements Action {}

        /** The input changes nothing, on purpose. */
        record Drop(DropReason reason) implements Action {}
    }

    static Decision judge(Docket docket, int turn, Fitness fitness) {
        return new Decision(docket, new Action.Judge(turn, fitness));
    }

    static Decision hold(Docket docket, int turn, Fitness fitness) {
        return new Decision(docket, new Action.Hold(turn, fitness));
    }

    static Decision settle(Docket docket, int turn, OptionalInt next) {
        return new Decision(docket, new Action.Settle(turn, next));
    }

    static Decision remember(Docket docket) {
        return new Decision(docket, new Action.Remember());
    }

    static Decision drop(Docket docket, DropReason reason) {
        return new Decision(docket, new Action.Drop(reason));
    }
}
