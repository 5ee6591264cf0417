package dev.battlestream.gateway.stream;

/**
 * Places in a battle's one order of events: message 1, its verdict, message 2, and so on. A message
 * has the cursor 2·seq, the verdict on it 2·seq + 1; 0 stands before everything.
 */
public final class Cursor {

    /** Before the first message. */
    public static final long START = 0;

    /** Behind every verdict that there can be. */
    public static final long MOST = 2L * Integer.MAX_VALUE + 1;

    private Cursor() {}

    /** The place of a message. */
    public static long ofMessage(long seq) {
        return 2 * seq;
    }

    /** The seq of the message that a cursor belongs to. */
    public static long seq(long cursor) {
        return cursor / 2;
    }

    /** Whether the event at a cursor may stand next behind another, with none between missing. */
    public static boolean follows(long cursor, long last) {
        boolean verdictOfLast = last > START && cursor == last + 1 && cursor % 2 == 1;
        boolean nextMessage = cursor % 2 == 0 && seq(cursor) == seq(last) + 1;
        return verdictOfLast || nextMessage;
    }
}
