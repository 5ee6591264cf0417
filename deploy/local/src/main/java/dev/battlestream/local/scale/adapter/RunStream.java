package dev.battlestream.local.scale.adapter;

import dev.battlestream.local.battles.SseEvent;
import dev.battlestream.local.battles.SseParser;
import dev.battlestream.local.battles.adapter.BattleJson;
import dev.battlestream.local.battles.adapter.EventReading;
import dev.battlestream.local.battles.adapter.Gateway;
import dev.battlestream.local.battles.adapter.GatewayException;
import dev.battlestream.local.scale.RunReport;
import dev.battlestream.local.scale.RunStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/**
 * Follows one run to its end. A stream that breaks is opened again from its last cursor; while none
 * can be had, the status is asked for instead, and handed over as the events of a stream.
 */
public final class RunStream {

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final int TRIES = 120;

    /**
     * Just after its start a run may not be known everywhere yet, nor its report right at its end.
     */
    private static final int TRIES_WHEN_REFUSED = 10;

    private final Gateway gateway;
    private final int tries;

    public RunStream(Gateway gateway) {
        this(gateway, TRIES);
    }

    RunStream(Gateway gateway, int tries) {
        this.gateway = gateway;
        this.tries = tries;
    }

    /**
     * Hands every event to the reader, in order, until the run has ended, and answers how it did.
     * Members that end while only the status can be had, and no stream after that, are not told one
     * by one.
     *
     * @throws GatewayException when there is no such run, or nothing answered for a minute
     */
    public RunStatus follow(UUID runId, Consumer<SseEvent> reader) {
        SseParser parser = new SseParser();
        int failures = 0;
        while (true) {
            Ending ending = new Ending(reader);
            EventReading reading = new EventReading(parser, ending);
            if (reading.untilItBreaks(after -> open(runId, after))) {
                return ending.status();
            }
            if (reading.gotSomething()) {
                failures = 0;
            } else {
                try {
                    RunStatus status = poll(runId, reader);
                    if (status.hasEnded()) {
                        return status;
                    }
                    failures = 0;
                } catch (GatewayException e) {
                    failures++;
                    if (failures > (e.status() / 100 == 4 ? TRIES_WHEN_REFUSED : tries)) {
                        throw e;
                    }
                }
            }
            pause();
        }
    }

    /** A refusal is as good as no connection: the status tells whether the run cannot be had. */
    private InputStream open(UUID runId, Optional<String> after) throws IOException {
        try {
            return gateway.runStream(runId, after);
        } catch (GatewayException e) {
            throw new IOException("refused", e);
        }
    }

    private RunStatus poll(UUID runId, Consumer<SseEvent> reader) {
        JsonNode answer = gateway.runStatus(runId);
        RunStatus status = RunJson.status(answer);
        String event = status.hasEnded() ? EventReading.ENDED : "status";
        reader.accept(new SseEvent(null, event, answer.toString()));
        return status;
    }

    /** Keeps the last event, which is the end's when a stream has told all. */
    private static final class Ending implements Consumer<SseEvent> {
        private final Consumer<SseEvent> reader;
        private String data = "{}";

        Ending(Consumer<SseEvent> reader) {
            this.reader = reader;
        }

        @Override
        public void accept(SseEvent event) {
            data = event.data();
            reader.accept(event);
        }

        RunStatus status() {
            return RunJson.status(BattleJson.parse(data));
        }
    }

    /**
     * The report of a run that has ended.
     *
     * @throws GatewayException when it stays unavailable for some seconds
     */
    public RunReport reportOfEnded(UUID runId) {
        int failures = 0;
        while (true) {
            try {
                return RunJson.report(BattleJson.parse(gateway.runReport(runId, "json", false)));
            } catch (GatewayException e) {
                failures++;
                if (failures > TRIES_WHEN_REFUSED) {
                    throw e;
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
