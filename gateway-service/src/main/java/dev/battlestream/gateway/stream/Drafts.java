package dev.battlestream.gateway.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The message of a battle that is being written, as far as it is known: at most one, the next one.
 * Its text is kept once, for all viewers; what a viewer lacks of it is one delta, so one that is
 * slow gets fewer and larger ones, and nothing waits for it. When the message is there, the draft
 * is forgotten.
 *
 * <p>The text may have lost its beginning or have been cut off from it; then it begins with the
 * first character behind the hole, and the offset of each delta says so. To be used under the lock
 * of the feed.
 */
final class Drafts {

    /** Characters kept of a draft; of a longer one the beginning is forgotten. */
    static final int MOST_CHARS = 64_000;

    private static final class Draft {
        final long number;
        final int seq;
        final int turn;
        final int dispatch;
        final int attempt;
        final int failedAttempt;
        final StringBuilder text = new StringBuilder();
        int from;
        int lastIndex;

        /**
         * @param failedAttempt the attempt that this one follows, 0 for none
         */
        Draft(long number, Delta first, int attempt, int failedAttempt) {
            this.number = number;
            this.seq = first.seq();
            this.turn = first.turn();
            this.dispatch = first.attempt();
            this.attempt = attempt;
            this.failedAttempt = failedAttempt;
            this.lastIndex = -1;
        }

        int end() {
            return from + text.length();
        }
    }

    private record Encoded(long number, int from, int to, Frame frame) {}

    private final DraftFrames frames;
    private long numbers;
    private @Nullable Draft draft;
    private @Nullable Encoded encoded;

    Drafts(DraftFrames frames) {
        this.frames = frames;
    }

    /**
     * Takes a delta in.
     *
     * @param next the seq of the message that is being written, if any is
     */
    Delta.Taken take(Delta delta, long next) {
        if (delta.seq() != next) {
            return delta.seq() < next ? Delta.Taken.LATE : Delta.Taken.EARLY;
        }
        Draft current = draft;
        if (current == null || current.seq != delta.seq()) {
            current = new Draft(++numbers, delta, delta.attempt(), 0);
        } else if (delta.attempt() < current.dispatch) {
            return Delta.Taken.STALE;
        } else if (delta.attempt() > current.dispatch) {
            current = again(current, delta);
        } else if (delta.index() <= current.lastIndex) {
            return Delta.Taken.REPEATED;
        }
        draft =
                switch (delta) {
                    case Delta.Retry retry -> again(current, retry);
                    case Delta.Text text -> with(current, text);
                };
        draft.lastIndex = delta.index();
        return Delta.Taken.NEW;
    }

    /** The next attempt at the same message. */
    private Draft again(Draft failed, Delta delta) {
        int attempt = Math.max(failed.attempt + 1, delta.attempt());
        return new Draft(++numbers, delta, attempt, failed.attempt);
    }

    private Draft with(Draft current, Delta.Text text) {
        // A later delta that begins before the end: the retry between them was lost.
        Draft written = text.offset() < current.end() ? again(current, text) : current;
        if (text.offset() > written.end()) {
            written.text.setLength(0);
            written.from = text.offset();
        }
        written.text.append(text.text());
        int surplus = written.text.length() - MOST_CHARS;
        if (surplus > 0) {
            written.text.delete(0, surplus);
            written.from += surplus;
        }
        return written;
    }

    /** The messages up to a seq are there. */
    void delivered(long seq) {
        if (draft != null && draft.seq <= seq) {
            clear();
        }
    }

    void clear() {
        draft = null;
        encoded = null;
    }

    /** Characters that are kept. */
    int size() {
        return draft == null ? 0 : draft.text.length();
    }

    /** Whether a viewer lacks something of the draft. */
    boolean hasNews(Place place) {
        Draft current = wanted(place);
        if (current == null) {
            return false;
        }
        return place.draft().number() == current.number
                ? place.draft().end() < current.end()
                : current.failedAttempt > 0 || !current.text.isEmpty();
    }

    /** Adds what a viewer lacks of the draft; answers what it has then. */
    DraftPlace tell(Place place, List<Frame> told) {
        Draft current = wanted(place);
        if (current == null) {
            return place.draft();
        }
        int from = current.from;
        if (place.draft().number() == current.number) {
            from = Math.max(from, place.draft().end());
        } else if (current.failedAttempt > 0) {
            told.add(frames.retry(current.seq, current.turn, current.failedAttempt));
        }
        if (from < current.end()) {
            told.add(text(current, from));
        }
        return new DraftPlace(current.number, current.end());
    }

    /** The draft, unless the viewer has come with a later message. */
    private @Nullable Draft wanted(Place place) {
        return draft != null && draft.seq > Cursor.seq(place.cursor()) ? draft : null;
    }

    /** Most viewers lack the same: encoded once for them. */
    private Frame text(Draft current, int from) {
        Encoded known = encoded;
        if (known == null
                || known.number() != current.number
                || known.from() != from
                || known.to() != current.end()) {
            Frame frame =
                    frames.text(
                            current.seq,
                            current.turn,
                            current.attempt,
                            from,
                            current.text.substring(from - current.from));
            known = new Encoded(current.number, from, current.end(), frame);
            encoded = known;
        }
        return known.frame();
    }
}
