package dev.battlestream.gateway.stream;

/** Something about a message while it is being written. */
public sealed interface Delta {

    /** The seq that the message will have. */
    int seq();

    /** The agent's turn that the message belongs to. */
    int turn();

    /** Which dispatch of the call writes it; a higher one begins the message anew. */
    int attempt();

    /** Place among the deltas of (seq, attempt). */
    int index();

    /**
     * More text of the message.
     *
     * @param offset characters, in UTF-16 code units, that stand before this text
     */
    record Text(int seq, int turn, int attempt, int index, int offset, String text)
            implements Delta {}

    /** The call failed and is tried again: what was written of the message so far is void. */
    record Retry(int seq, int turn, int attempt, int index) implements Delta {}

    /** What became of a delta that the upstream brought. */
    enum Taken {
        /** It is more of the message that is being written. */
        NEW,
        /** The message is there already, or the battle is over. */
        LATE,
        /** A message before it is missing. */
        EARLY,
        /** It belongs to an attempt that is void. */
        STALE,
        /** It was known already. */
        REPEATED,
        /** There is no memory for it. */
        NO_ROOM
    }
}
