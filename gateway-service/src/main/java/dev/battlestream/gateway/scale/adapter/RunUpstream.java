package dev.battlestream.gateway.scale.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.RunReport;
import dev.battlestream.gateway.report.RunReports;
import dev.battlestream.gateway.report.RunStatus;
import dev.battlestream.gateway.report.adapter.BattleEvents;
import dev.battlestream.gateway.report.adapter.Faults;
import dev.battlestream.gateway.report.adapter.SseEvent;
import dev.battlestream.gateway.stream.Frame;
import dev.battlestream.gateway.stream.adapter.StreamProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a run's events from the report service into one viewer's relay, on a virtual thread. A
 * stream that breaks off is opened again behind the last event, so that the viewer sees no gap. It
 * ends with the run, when nobody knows the run any more, or by an interrupt.
 */
final class RunUpstream implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(RunUpstream.class);

    private final UUID runId;
    private final RunRelay relay;
    private final BattleEvents events;
    private final RunReports reports;
    private final JsonMapper json;
    private final StreamProperties properties;
    private final Correlation correlation;
    private long cursor;
    private boolean toldThatItWaits;

    RunUpstream(
            UUID runId,
            long cursor,
            RunRelay relay,
            BattleEvents events,
            RunReports reports,
            JsonMapper json,
            StreamProperties properties,
            Correlation correlation) {
        this.runId = runId;
        this.cursor = cursor;
        this.relay = relay;
        this.events = events;
        this.reports = reports;
        this.json = json;
        this.properties = properties;
        this.correlation = correlation;
    }

    @Override
    public void run() {
        Duration backoff = properties.minBackoff();
        try {
            while (relay.wants()) {
                long before = cursor;
                follow();
                if (relay.wants()) {
                    backoff = cursor > before ? properties.minBackoff() : backoff;
                    Thread.sleep(jittered(backoff));
                    backoff = smaller(backoff.multipliedBy(2), properties.maxBackoff());
                }
            }
        } catch (InterruptedException e) {
            // The viewer has gone, or everything stops.
            Thread.currentThread().interrupt();
        } finally {
            relay.end();
        }
    }

    private void follow() throws InterruptedException {
        try {
            BattleEvents.End end = events.followRun(runId, cursor, correlation, new RelaySink());
            if (end == BattleEvents.End.UNKNOWN) {
                tellWhatElseIsKnown();
            }
        } catch (IOException | JacksonException e) {
            LOG.warn(
                    "The stream of run {} broke off and is opened again: {}",
                    runId,
                    Faults.told(e));
        }
    }

    /** The views do not know a run that was accepted just now, but its viewer may wait for it. */
    private void tellWhatElseIsKnown() throws InterruptedException {
        Optional<RunStatus> status;
        try {
            status = reports.status(runId, correlation);
        } catch (RequestProblem unavailable) {
            LOG.debug("Nobody can say whether run {} is known", runId, unavailable);
            return;
        }
        if (status.isEmpty()) {
            relay.unknown();
            return;
        }
        relay.opened();
        String data = json.writeValueAsString(status.get());
        if (status.get().hasEnded()) {
            relay.put(Frame.event("ended", data));
            relay.end();
        } else if (!toldThatItWaits) {
            toldThatItWaits = true;
            relay.put(Frame.event("status", data));
        }
    }

    private static Duration jittered(Duration backoff) {
        return Duration.ofNanos(
                ThreadLocalRandom.current().nextLong(backoff.toNanos() / 2, backoff.toNanos() + 1));
    }

    private static Duration smaller(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private final class RelaySink implements BattleEvents.Sink {

        @Override
        public void opened() {
            relay.opened();
        }

        @Override
        public boolean event(SseEvent event) {
            return switch (event.name()) {
                case "status" -> put(Frame.event("status", checked(event, RunStatus.class)));
                case "member" -> member(event);
                case "ended" -> {
                    put(Frame.event("ended", checked(event, RunStatus.class)));
                    relay.end();
                    yield false;
                }
                // Events of later versions.
                default -> true;
            };
        }

        private boolean member(SseEvent event) {
            long place = place(event);
            if (place <= cursor) {
                // The viewer has it.
                return true;
            }
            boolean more =
                    put(Frame.event("member", place, checked(event, RunReport.Member.class)));
            cursor = place;
            return more;
        }

        /** Of an event without one: 0, which counts as seen. */
        private static long place(SseEvent event) {
            String id = event.id();
            try {
                return id == null ? 0 : Long.parseLong(id);
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        private String checked(SseEvent event, Class<?> type) {
            return json.writeValueAsString(json.readValue(event.data(), type));
        }

        private boolean put(Frame frame) {
            try {
                return relay.put(frame);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
