package dev.battlestream.runner.battle;

import java.util.List;

/**
 * What is to be done: the battle's new state and the actions that go with it, in order. Plain data;
 * the topology applies it.
 */
public record Decision(Battle battle, List<Action> actions) {

    public Decision {
        actions = List.copyOf(actions);
    }

    /** One thing to do. */
    public sealed interface Action {}

    /** Ask a model for the message {@code seq}; {@code turn} is the agent's turn it belongs to. */
    public record StartTurn(int seq, int turn, Speaker speaker, Allowance allowance)
            implements Action {}

    /** Nobody needs the message {@code seq} any longer. */
    public record CancelTurn(int seq) implements Action {}

    /**
     * The message has its place in the transcript. One that came early is kept at once and counts
     * only when the battle comes to it.
     */
    public record KeepMessage(int seq, Speaker speaker, String content) implements Action {}

    /** Tell everybody how the battle ended. */
    public record End(Outcome outcome) implements Action {}

    /** The input was dropped on purpose. */
    public record Ignore(Dropped reason) implements Action {}

    /** Why an input was dropped; each has a counter. */
    public enum Dropped {
        /** The battle has been requested before. */
        REPEATED_REQUEST,
        /** The message was played before. */
        REPEATED_TURN,
        /** The turn was judged before. */
        REPEATED_VERDICT,
        /** The battle has ended. */
        AFTER_END,
        /** Its predecessors are missing, so nobody of ours has written it. */
        OUT_OF_ORDER,
        /** It belongs to a battle that nobody has asked for lately. */
        UNREQUESTED,
        /** Its end has been asked for before. */
        REPEATED_CANCEL
    }
}
