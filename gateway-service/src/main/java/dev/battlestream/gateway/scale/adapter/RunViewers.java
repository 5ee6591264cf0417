package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.exchange.adapter.Exchanges;
import dev.battlestream.gateway.report.RunReports;
import dev.battlestream.gateway.report.adapter.BattleEvents;
import dev.battlestream.gateway.stream.Frame;
import dev.battlestream.gateway.stream.ViewerPlaces;
import dev.battlestream.gateway.stream.adapter.EventStreams;
import dev.battlestream.gateway.stream.adapter.LastEventId;
import dev.battlestream.gateway.stream.adapter.StreamProperties;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.MDC;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes runs to viewers. Runs have few of them, so each has a stream of its own from the report
 * service, and few places beside those of all streams; two virtual threads, one that reads it and
 * one that writes, end each other.
 *
 * <p>Stops before the web server does: viewers then see the end of their stream, the server has
 * nothing to wait for, and clients connect again, to whoever answers then.
 */
final class RunViewers implements SmartLifecycle {

    private final BattleEvents events;
    private final RunReports reports;
    private final JsonMapper json;
    private final StreamProperties properties;
    private final EventStreams streams;
    private final ViewerPlaces places;
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    RunViewers(
            BattleEvents events,
            RunReports reports,
            JsonMapper json,
            StreamProperties properties,
            EventStreams streams,
            ViewerPlaces places) {
        this.events = events;
        this.reports = reports;
        this.json = json;
        this.properties = properties;
        this.streams = streams;
        this.places = places;
    }

    /** A relay and the thread that fills it. */
    private static final class Watch {
        final RunRelay relay = new RunRelay();
        final Thread upstream;

        Watch(UUID runId, RunUpstreams upstreams) {
            this.upstream =
                    Thread.ofVirtual().name("run-" + runId).unstarted(upstreams.into(relay));
        }

        void end() {
            relay.end();
            upstream.interrupt();
        }
    }

    private interface RunUpstreams {
        RunUpstream into(RunRelay relay);
    }

    /**
     * Writes the run's events behind the place, old ones first, until the run ends or the viewer
     * leaves.
     *
     * @throws RequestProblem if the stream cannot begin
     */
    void watch(
            UUID runId, LastEventId place, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String client = Exchanges.client(request);
        enter(client);
        boolean watching = false;
        try {
            Watch watch = begin(runId, place, request);
            try {
                awaitOpen(watch.relay, place.comesAgain());
                EventStreams.begin(response);
                AsyncContext exchange = request.startAsync();
                exchange.setTimeout(0);
                Map<String, String> ids = MDC.getCopyOfContextMap();
                Thread.ofVirtual()
                        .name("run-viewer-" + runId)
                        .start(() -> {
                            MDC.setContextMap(ids);
                            write(runId, watch, exchange, client);
                        });
                watching = true;
            } finally {
                if (!watching) {
                    end(watch);
                    if (request.isAsyncStarted()) {
                        request.getAsyncContext().complete();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping();
        } finally {
            if (!watching) {
                leave(client);
            }
        }
    }

    private void enter(String client) {
        streams.enter(client);
        if (!places.enter(client)) {
            streams.leave(client);
            throw EventStreams.tooMany();
        }
    }

    private void leave(String client) {
        places.leave(client);
        streams.leave(client);
    }

    private Watch begin(UUID runId, LastEventId place, HttpServletRequest request) {
        Watch watch =
                new Watch(
                        runId,
                        relay ->
                                new RunUpstream(
                                        runId,
                                        place.cursor(),
                                        relay,
                                        events,
                                        reports,
                                        json,
                                        properties,
                                        Exchanges.correlation(request)));
        open.add(watch);
        watch.upstream.start();
        if (stopped) {
            // Begun while everything stops: stop() may have missed this one.
            watch.end();
        }
        return watch;
    }

    private void end(Watch watch) {
        watch.end();
        open.remove(watch);
    }

    private void awaitOpen(RunRelay relay, boolean comesAgain) throws InterruptedException {
        // A browser never comes again after an error status. Who has seen events of the run gets a
        // stream, and waits there or sees its end and connects again.
        switch (relay.awaitOpen(properties.openTimeout())) {
            case OPEN, ENDED -> {}
            case UNKNOWN -> throw RunPaths.unknown();
            case CLOSED -> {
                if (!comesAgain) {
                    throw stopping();
                }
            }
            case OPENING -> {
                if (!comesAgain) {
                    throw RequestProblem.unavailable(
                            ProblemCode.REPORT_UNAVAILABLE,
                            "The run's events cannot be read at the moment");
                }
            }
        }
    }

    private static RequestProblem stopping() {
        return RequestProblem.unavailable(ProblemCode.SHUTTING_DOWN, "Connect again in a moment");
    }

    private void write(UUID runId, Watch watch, AsyncContext exchange, String client) {
        try {
            write(watch.relay, exchange.getResponse().getOutputStream());
        } catch (InterruptedException e) {
            // Only the end of the process interrupts it.
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            streams.dropped(e);
        } catch (RuntimeException e) {
            streams.broken(runId, e);
        } finally {
            end(watch);
            leave(client);
            exchange.complete();
        }
    }

    private void write(RunRelay relay, OutputStream out) throws IOException, InterruptedException {
        while (!relay.isOver()) {
            List<Frame> frames = relay.take(properties.heartbeat());
            EventStreams.write(
                    frames.isEmpty() && !relay.isOver() ? List.of(Frame.HEARTBEAT) : frames, out);
        }
    }

    @Override
    public void start() {
        stopped = false;
    }

    @Override
    public void stop() {
        stopped = true;
        open.forEach(Watch::end);
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }
}
