package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.battle.adapter.BattlePaths;
import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.exchange.adapter.Exchanges;
import dev.battlestream.gateway.report.Reports;
import dev.battlestream.gateway.stream.Batch;
import dev.battlestream.gateway.stream.BattleFeed;
import dev.battlestream.gateway.stream.BattleFeed.Phase;
import dev.battlestream.gateway.stream.Cursor;
import dev.battlestream.gateway.stream.Frame;
import dev.battlestream.gateway.stream.Place;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Writes feeds to viewers. A viewer is a virtual thread, blocked either in the feed, until
 * something happens, or in the socket, until the reader has read. It is not the thread of its
 * request: that one's stack, deep in the server and the framework, would be held as long as the
 * stream. A reader that does not read for the connector's write time-out is dropped; it holds no
 * memory but its socket's.
 */
final class Viewers {

    private static final Logger LOG = LoggerFactory.getLogger(Viewers.class);

    /**
     * A known battle's feed opens within this; after it, it is worth asking whether it is known.
     */
    private static final Duration QUICK = Duration.ofSeconds(1);

    private final BattleFeeds feeds;
    private final EventStreams streams;
    private final Reports reports;
    private final CatchUp catchUp;
    private final StreamProperties properties;
    private final MeterRegistry meters;

    Viewers(
            BattleFeeds feeds,
            Reports reports,
            CatchUp catchUp,
            StreamProperties properties,
            EventStreams streams,
            MeterRegistry meters) {
        this.feeds = feeds;
        this.catchUp = catchUp;
        this.reports = reports;
        this.properties = properties;
        this.meters = meters;
        this.streams = streams;
    }

    /**
     * Writes the battle's events behind the place, old ones first, until the battle ends or the
     * viewer leaves.
     *
     * @throws RequestProblem if the stream cannot begin
     */
    void watch(
            UUID battleId,
            LastEventId begin,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String client = Exchanges.client(request);
        streams.enter(client);
        boolean watching = false;
        try {
            BattleFeed feed = feeds.join(battleId);
            try {
                awaitOpen(feed, battleId, begin.comesAgain(), request);
                EventStreams.begin(response);
                AsyncContext exchange = request.startAsync();
                exchange.setTimeout(0);
                Map<String, String> ids = MDC.getCopyOfContextMap();
                Thread.ofVirtual()
                        .name("viewer-" + battleId)
                        .start(() -> {
                            MDC.setContextMap(ids);
                            write(battleId, feed, Place.after(begin.cursor()), exchange, client);
                        });
                watching = true;
            } finally {
                if (!watching) {
                    feeds.leave(battleId, feed);
                    if (request.isAsyncStarted()) {
                        request.getAsyncContext().complete();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw RequestProblem.unavailable(
                    ProblemCode.SHUTTING_DOWN, "Connect again in a moment");
        } finally {
            if (!watching) {
                streams.leave(client);
            }
        }
    }

    private void write(
            UUID battleId, BattleFeed feed, Place begin, AsyncContext exchange, String client) {
        try {
            write(battleId, feed, begin, exchange.getResponse().getOutputStream());
        } catch (InterruptedException e) {
            // Only the end of the process interrupts it.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            streams.dropped(e);
        } catch (RuntimeException e) {
            streams.broken(battleId, e);
        } finally {
            feeds.leave(battleId, feed);
            streams.leave(client);
            exchange.complete();
        }
    }

    private void awaitOpen(
            BattleFeed feed, UUID battleId, boolean comesAgain, HttpServletRequest request)
            throws InterruptedException {
        long deadline = System.nanoTime() + properties.openTimeout().toNanos();
        Phase phase = feed.awaitOpen(shorter(QUICK, properties.openTimeout()));
        if (phase == Phase.OPENING) {
            phase =
                    unknown(battleId, request)
                            ? Phase.UNKNOWN
                            : feed.awaitOpen(Duration.ofNanos(deadline - System.nanoTime()));
        }
        // A browser never comes again after an error status. Who has seen events of the battle
        // gets a stream, and waits there or sees its end and connects again.
        switch (phase) {
            case OPEN, ENDED -> {}
            case UNKNOWN -> throw BattlePaths.unknown();
            case CLOSED -> {
                if (!comesAgain) {
                    throw RequestProblem.unavailable(
                            ProblemCode.SHUTTING_DOWN, "Connect again in a moment");
                }
            }
            case OPENING -> {
                if (!comesAgain) {
                    throw RequestProblem.unavailable(
                            ProblemCode.REPORT_UNAVAILABLE,
                            "The battle's events cannot be read at the moment");
                }
            }
        }
    }

    /** Whether it is certain that nobody knows the battle. */
    private boolean unknown(UUID battleId, HttpServletRequest request) {
        try {
            return reports.status(battleId, Exchanges.correlation(request)).isEmpty();
        } catch (RequestProblem problem) {
            LOG.debug("No answer whether battle {} is known", battleId, problem);
            return problem.code() == ProblemCode.BATTLE_NOT_FOUND;
        }
    }

    private void write(UUID battleId, BattleFeed feed, Place begin, OutputStream out)
            throws InterruptedException, IOException {
        Place place = begin;
        boolean pausing = false;
        while (true) {
            Batch batch =
                    pausing
                            ? feed.nextAfterPause(place, deltaPause())
                            : feed.next(place, properties.heartbeat());
            List<Frame> frames = batch.frames();
            if (frames.isEmpty() && !batch.last() && !pausing && !lacks(batch)) {
                frames = List.of(Frame.HEARTBEAT);
            }
            EventStreams.write(frames, out);
            if (batch.last()) {
                return;
            }
            place = batch.place();
            pausing = batch.deltas();
            if (lacks(batch)) {
                long cursor = catchUp(battleId, place.cursor(), batch.missingUpTo(), out);
                if (cursor < batch.missingUpTo()) {
                    return;
                }
                place = place.movedTo(cursor);
            }
        }
    }

    private static boolean lacks(Batch batch) {
        return batch.missingUpTo() > Cursor.START;
    }

    /**
     * Gets a viewer what its feed has forgotten, or tells it what has been lost.
     *
     * @return where the viewer is then; before the wanted end if it has to come again
     */
    private long catchUp(UUID battleId, long cursor, long upTo, OutputStream out)
            throws IOException, InterruptedException {
        return switch (catchUp.write(battleId, cursor, upTo, out)) {
            case CatchUp.Result.CaughtUp(long reached) -> reached;
            case CatchUp.Result.Gone _ -> {
                meters.counter("battlestream.gateway.stream.resyncs").increment();
                out.write(Frame.resync(Cursor.seq(upTo) + 1).bytes());
                yield upTo;
            }
            case CatchUp.Result.Interrupted _ -> cursor;
        };
    }

    /** The more viewers there are, the longer a viewer waits for more of a message. */
    private Duration deltaPause() {
        return Duration.ofSeconds(streams.open()).dividedBy(properties.deltasPerSecond());
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
