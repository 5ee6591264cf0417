package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.stream.Frame;
import dev.battlestream.gateway.stream.ViewerPlaces;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;

/**
 * What all streams of server-sent events share: their limits, their form and how they break off.
 */
public final class EventStreams {

    private static final Logger LOG = LoggerFactory.getLogger(EventStreams.class);

    private static final Duration WHEN_ONE_MAY_HAVE_LEFT = Duration.ofSeconds(5);

    /** More events at a time go out in pieces of this size. */
    private static final int BATCH_BYTES = 8 * 1024;

    private final ViewerPlaces places;
    private final MeterRegistry meters;

    EventStreams(ViewerPlaces places, MeterRegistry meters) {
        this.places = places;
        this.meters = meters;
        meters.gauge("battlestream.gateway.stream.viewers", places, ViewerPlaces::taken);
    }

    /**
     * Takes a place for one more stream of a client, which holds it until it leaves.
     *
     * @throws RequestProblem if there is none
     */
    public void enter(String client) {
        if (!places.enter(client)) {
            throw tooMany();
        }
    }

    /** There is no place for one more. */
    public static RequestProblem tooMany() {
        return RequestProblem.passing(
                ProblemCode.TOO_MANY_STREAMS,
                "Close a stream, or poll instead",
                WHEN_ONE_MAY_HAVE_LEFT);
    }

    /** Gives the place back. */
    public void leave(String client) {
        places.leave(client);
    }

    /** How many streams are open. */
    public int open() {
        return places.taken();
    }

    /** Writes what every stream begins with. */
    public static void begin(HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Tells a buffering proxy to pass events on as they come.
        response.setHeader("X-Accel-Buffering", "no");
        response.getOutputStream().write(Frame.OPENING.bytes());
        response.flushBuffer();
    }

    /** Writes events, several of them together. */
    public static void write(List<Frame> frames, OutputStream out) throws IOException {
        if (frames.isEmpty()) {
            return;
        }
        // The server sends each piece that it is given; it keeps no buffer for a stream.
        OutputStream together =
                frames.size() == 1 ? out : new BufferedOutputStream(out, BATCH_BYTES);
        for (Frame frame : frames) {
            together.write(frame.bytes());
        }
        together.flush();
    }

    /** A viewer has gone, or reads too slowly. */
    public void dropped(IOException e) {
        String reason = slow(e) ? "slow" : "gone";
        meters.counter("battlestream.gateway.stream.dropped", "reason", reason).increment();
        LOG.debug("A viewer is {}", reason, e);
    }

    /** A stream broke off by a fault of ours. */
    public void broken(Object id, RuntimeException e) {
        meters.counter("battlestream.gateway.stream.dropped", "reason", "fault").increment();
        LOG.error("A stream of {} broke off: {}", id, e.getClass().getName());
        LOG.debug("It was broken by", e);
    }

    private static boolean slow(IOException e) {
        for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException) {
                return true;
            }
        }
        return false;
    }
}
