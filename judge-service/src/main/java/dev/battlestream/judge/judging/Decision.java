package dev.battlestream.judge.judging;

/**
 * What follows from an input.
 *
 * @param docket what is remembered from now on
 * @param action the one thing to do
 */
public record Decision(Docket docket, Action action) {

    /** What is done about an input. */
    public sealed interface Action {

        /** The turn is judged: an effect of its own. */
        record Judge(int turn) implements Action {}

        /** The turn has its verdict: its effect, if there is one, is complete. */
        record Settle(int turn) implements Action {}

        /** Nothing beyond remembering. */
        record Remember() implements Action {}

        /** The input changes nothing, on purpose. */
        record Drop(DropReason reason) implements Action {}
    }

    static Decision judge(Docket docket, int turn) {
        return new Decision(docket, new Action.Judge(turn));
    }

    static Decision settle(Docket docket, int turn) {
        return new Decision(docket, new Action.Settle(turn));
    }

    static Decision remember(Docket docket) {
        return new Decision(docket, new Action.Remember());
    }

    static Decision drop(Docket docket, DropReason reason) {
        return new Decision(docket, new Action.Drop(reason));
    }
}
