package dev.battlestream.report.battle;

/**
 * Something about a message while it is being written. For screens only: it may be lost, and the
 * message itself says all of it.
 */
public sealed interface Delta {

    /** The seq that the message will have, from 1. */
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
     * @param text at least one character
     */
    record Text(int seq, int turn, int attempt, int index, int offset, String text)
            implements Delta {

        /** Whether the other one is the next piece of the same text. */
        boolean endsWhere(Text next) {
            return seq == next.seq
                    && attempt == next.attempt
                    && index < next.index
                    && offset + text.length() == next.offset;
        }
    }

    /** The call failed and is tried again: what was written of the message so far is void. */
    record Retry(int seq, int turn, int attempt, int index) implements Delta {}
}
