package dev.battlestream.report.battle;

import org.jspecify.annotations.Nullable;

/**
 * The one order in which a battle is told, to every follower and at every time: message s, then, if
 * the agent played it, the verdict on it, then message s + 1. A follower that gives its cursor goes
 * on exactly behind it.
 *
 * <p>A message that is already there may turn out not to belong to the battle, when a cancellation
 * and the last call crossed; a follower may have been told of it by then. The outcome's message
 * count says so, as it does to every reader of the topic.
 */
public final class CanonicalOrder {

    private CanonicalOrder() {}

    /** What comes next. */
    public sealed interface Step {

        /** This message; the cursor lies behind it. */
        record Tell(Message message, Cursor cursor) implements Step {}

        /** This verdict; the cursor lies behind it. */
        record TellVerdict(Verdict verdict, Cursor cursor) implements Step {}

        /** Nothing yet: the row that comes next is not there. */
        record Await() implements Step {}

        /** Nothing more: the battle has ended, and all of it lies before the cursor. */
        record Finish() implements Step {}
    }

    /**
     * What comes next behind a cursor.
     *
     * @param ending how the battle ended; null while that is unknown
     */
    public static Step after(Cursor cursor, @Nullable Ending ending, BattleRows rows) {
        int seq = cursor.seq();
        if (seq > 0 && !cursor.verdictPassed()) {
            Step verdict = verdictOn(seq, ending, rows);
            if (verdict != null) {
                return verdict;
            }
        }
        return message(seq + 1, ending, rows);
    }

    /** The step that the verdict on a message asks for; null if none is to be told. */
    private static @Nullable Step verdictOn(int seq, @Nullable Ending ending, BattleRows rows) {
        if (ending != null && seq > ending.messageCount()) {
            return null;
        }
        Message message = rows.message(seq);
        if (message == null) {
            return new Step.Await();
        }
        if (message.failed() || message.speaker() != Speaker.AGENT) {
            return null;
        }
        if (ending != null && message.turn() > ending.verdictCount()) {
            return null;
        }
        Verdict verdict = rows.verdict(message.turn());
        return verdict == null
                ? new Step.Await()
                : new Step.TellVerdict(verdict, Cursor.afterVerdictOn(seq));
    }

    private static Step message(int seq, @Nullable Ending ending, BattleRows rows) {
        if (ending != null && seq > ending.messageCount()) {
            return new Step.Finish();
        }
        Message message = rows.message(seq);
        return message == null || message.failed()
                ? new Step.Await()
                : new Step.Tell(message, Cursor.afterMessage(seq));
    }
}
