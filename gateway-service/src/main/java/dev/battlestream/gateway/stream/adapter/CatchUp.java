package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.report.adapter.BattleEvents;
import dev.battlestream.gateway.report.adapter.Faults;
import dev.battlestream.gateway.report.adapter.SseEvent;
import dev.battlestream.gateway.stream.Cursor;
import dev.battlestream.gateway.stream.Frame;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes to one viewer what its feed has forgotten, straight from the report service, as slowly as
 * the viewer reads. Only a few viewers at a time: each takes a connection of its own.
 */
final class CatchUp {

    /** How a viewer came out of it. */
    sealed interface Result {

        /** It has everything up to there. */
        record CaughtUp(long cursor) implements Result {}

        /** Nobody has what it lacks any more. */
        record Gone() implements Result {}

        /** It has some of it at most; it has to come again. */
        record Interrupted() implements Result {}
    }

    private static final Logger LOG = LoggerFactory.getLogger(CatchUp.class);

    private static final int MOST_AT_A_TIME = 64;
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final BattleEvents events;
    private final EventFrames frames;
    private final Semaphore free = new Semaphore(MOST_AT_A_TIME);

    CatchUp(BattleEvents events, JsonMapper json) {
        this.events = events;
        this.frames = new EventFrames(json);
    }

    /**
     * Writes the events behind a cursor.
     *
     * @param upTo the last one that is wanted
     * @throws IOException if the viewer has gone
     */
    Result write(UUID battleId, long cursor, long upTo, OutputStream out)
            throws IOException, InterruptedException {
        if (!free.tryAcquire(WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            return new Result.Interrupted();
        }
        Writing writing = new Writing(cursor, upTo, out);
        try {
            Correlation correlation = new Correlation("catch-up-" + UUID.randomUUID(), null);
            BattleEvents.End end = events.follow(battleId, cursor, correlation, writing);
            if (end == BattleEvents.End.DELETED) {
                return new Result.Interrupted();
            }
            if (end == BattleEvents.End.UNKNOWN || writing.hole) {
                return new Result.Gone();
            }
        } catch (ViewerGone e) {
            throw e.getCause();
        } catch (IOException | JacksonException e) {
            LOG.warn(
                    "What a viewer of battle {} lacks cannot be read: {}",
                    battleId,
                    Faults.told(e));
        } finally {
            free.release();
        }
        return writing.last >= upTo ? new Result.CaughtUp(writing.last) : new Result.Interrupted();
    }

    /** The viewer's end of it failed, not the report service's. */
    private static final class ViewerGone extends UncheckedIOException {

        private static final long serialVersionUID = 1L;

        ViewerGone(IOException cause) {
            super(cause);
        }
    }

    private final class Writing implements BattleEvents.Sink {

        private final long upTo;
        private final OutputStream out;
        private long last;
        private boolean hole;

        Writing(long cursor, long upTo, OutputStream out) {
            this.last = cursor;
            this.upTo = upTo;
            this.out = out;
        }

        @Override
        public void opened() {
            // The viewer's stream is open already.
        }

        @Override
        public boolean event(SseEvent event) {
            return switch (event.name()) {
                case "message" -> write(frames.message(event));
                case "verdict" -> write(frames.verdict(event));
                case "ended" -> false;
                default -> true;
            };
        }

        private boolean write(EventFrames.Numbered event) {
            if (!Cursor.follows(event.cursor(), last)) {
                hole = true;
                return false;
            }
            Frame frame = event.frame();
            try {
                out.write(frame.bytes());
            } catch (IOException e) {
                throw new ViewerGone(e);
            }
            last = event.cursor();
            return last < upTo;
        }
    }
}
