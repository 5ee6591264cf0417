package dev.battlestream.gateway.report.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The report service's streams of events, of battles and of scale runs. Reads block the calling
 * thread, which is meant to be a virtual one; an interrupt ends them. A connection that is silent
 * for too long, such as one to a machine that is gone, is closed by the watch.
 */
public final class BattleEvents {

    private static final Logger LOG = LoggerFactory.getLogger(BattleEvents.class);

    /** Twice the largest record: in JSON, every character of it may be escaped. */
    private static final int MAX_EVENT_BYTES = 8 * 1024 * 1024;

    private final HttpClient http;
    private final URI base;
    private final Duration openTimeout;
    private final Duration idleTimeout;
    private final ScheduledExecutorService watch;

    BattleEvents(HttpClient http, ReportProperties properties, ScheduledExecutorService watch) {
        this.http = http;
        this.base = properties.url();
        this.openTimeout = properties.openTimeout();
        this.idleTimeout = properties.idleTimeout();
        this.watch = watch;
    }

    /** Takes what arrives. */
    public interface Sink {

        /** The report service knows what is followed; events come. */
        void opened();

        /**
         * An event arrived.
         *
         * @return whether more are wanted
         */
        boolean event(SseEvent event);
    }

    /** How a subscription ended. */
    public enum End {
        /** The stream ended, or the sink wanted no more. */
        CLOSED,
        /** The report service knows no such battle or run. */
        UNKNOWN,
        /** The battle was deleted. */
        DELETED
    }

    /**
     * Follows a battle until the stream ends.
     *
     * @param after the cursor to go on behind; 0 for everything
     * @throws IOException if the report service cannot be reached, refuses, breaks off or falls
     *     silent
     * @throws InterruptedException if the calling thread is interrupted
     */
    public End follow(UUID battleId, long after, Correlation correlation, Sink sink)
            throws IOException, InterruptedException {
        return follow("battles", battleId, after, correlation, sink);
    }

    /** The same of a scale run, whose events without a cursor say how it stands. */
    public End followRun(UUID runId, long after, Correlation correlation, Sink sink)
            throws IOException, InterruptedException {
        return follow("runs", runId, after, correlation, sink);
    }

    private End follow(String what, UUID id, long after, Correlation correlation, Sink sink)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(
                                base.resolve(
                                        "/internal/%s/%s/events?after=%d"
                                                .formatted(what, id, after)))
                        .timeout(openTimeout)
                        .header("Accept", "text/event-stream");
        ReportHttp.correlate(request, correlation);
        HttpResponse<InputStream> response =
                http.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() == 404) {
                return End.UNKNOWN;
            }
            if (response.statusCode() == 410) {
                return End.DELETED;
            }
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            sink.opened();
            return read(body, sink);
        }
    }

    private End read(InputStream body, Sink sink) throws IOException {
        SseReader reader = new SseReader(body, MAX_EVENT_BYTES);
        long period = Math.max(1, idleTimeout.toMillis() / 4);
        ScheduledFuture<?> silence =
                watch.scheduleWithFixedDelay(
                        () -> closeIfSilent(reader, body), period, period, TimeUnit.MILLISECONDS);
        try {
            for (SseEvent event = reader.next(); event != null; event = reader.next()) {
                if (!sink.event(event)) {
                    return End.CLOSED;
                }
            }
            return End.CLOSED;
        } finally {
            silence.cancel(false);
        }
    }

    private void closeIfSilent(SseReader reader, InputStream body) {
        if (System.nanoTime() - reader.lastHeardNanos() < idleTimeout.toNanos()) {
            return;
        }
        LOG.warn("The report service's stream is silent; it is closed and opened again");
        try {
            body.close();
        } catch (IOException e) {
            LOG.debug("The silent stream could not be closed", e);
        }
    }
}
