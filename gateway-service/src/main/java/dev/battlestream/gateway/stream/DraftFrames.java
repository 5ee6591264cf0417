package dev.battlestream.gateway.stream;

/** How viewers are told of a message that is being written. */
public interface DraftFrames {

    /**
     * More text of it.
     *
     * @param attempt counts the attempts at the message, from 1
     * @param offset characters of this attempt that stand before the text
     */
    Frame text(int seq, int turn, int attempt, int offset, String text);

    /** An attempt failed: its text is void, and another one begins. */
    Frame retry(int seq, int turn, int attempt);
}
