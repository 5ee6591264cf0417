package dev.battlestream.judge.judging;

import java.time.Instant;

/**
 * What the judge remembers of one battle: how far it has read each topic. It holds no text; that is
 * with the pending effect, or with the turns held for an earlier verdict, until its verdict was
 * read. Of the turns read, the one behind the last verdict is being judged and later ones are held.
 *
 * <pre>
 *   Unheard ──turn or verdict──▶ Open ──message that failed──▶ Closed
 *      ▲                          │                              │
 *      └──────────── nothing read for the retention ─────────────┘
 * </pre>
 */
public sealed interface Docket {

    /** Nothing of the battle has been read, or so long ago that it was forgotten. */
    Docket UNHEARD = new Unheard();

    /** Nothing is known. */
    record Unheard() implements Docket {

        Open open(Instant at) {
            return new Open(0, 0, 0, at);
        }
    }

    /**
     * The battle may go on.
     *
     * @param seq of the last message read, 0 for none
     * @param turn the last turn of the agent read, 0 for none
     * @param verdict the turn of the last verdict read, 0 for none; ahead of {@code turn} when
     *     verdicts were read first
     * @param lastActivity the latest time of a record read
     */
    record Open(int seq, int turn, int verdict, Instant lastActivity) implements Docket {

        Open withTurn(Instant at) {
            return new Open(seq + 1, turn + 1, verdict, later(lastActivity, at));
        }

        Open withOtherMessage(Instant at) {
            return new Open(seq + 1, turn, verdict, later(lastActivity, at));
        }

        Open withVerdict(Instant at) {
            return new Open(seq, turn, verdict + 1, later(lastActivity, at));
        }

        Closed close(Instant at) {
            return new Closed(seq + 1, turn, verdict, later(lastActivity, at));
        }
    }

    /**
     * A message failed for good, so that no other follows; a verdict still may.
     *
     * @param seq of the failed message
     * @param turn as in {@link Open}
     * @param verdict as in {@link Open}
     * @param lastActivity as in {@link Open}
     */
    record Closed(int seq, int turn, int verdict, Instant lastActivity) implements Docket {

        Closed withVerdict(Instant at) {
            return new Closed(seq, turn, verdict + 1, later(lastActivity, at));
        }
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
