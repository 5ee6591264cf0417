package dev.battlestream.local.battles.adapter;

import dev.battlestream.local.battles.SseEvent;
import dev.battlestream.local.battles.SseParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Follows one battle to its end, connecting again from the last cursor whenever the stream breaks.
 */
public final class BattleStream {

    /** The name of the event that ends a battle's stream. */
    public static final String ENDED = "ended";

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(500);
    private static final int TRIES = 120;

    private final Gateway gateway;

    public BattleStream(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Hands every event to the reader, in order, until the battle has ended.
     *
     * @throws GatewayException when there is no such battle, or nothing answered for a minute
     */
    public void follow(UUID id, Consumer<SseEvent> reader) {
        SseParser parser = new SseParser();
        int failures = 0;
        while (true) {
            try {
                parser.reconnected();
                Reading reading = new Reading(parser, reader);
                if (reading.untilItBreaks(gateway, id)) {
                    return;
                }
                failures = reading.gotSomething() ? 0 : failures + 1;
            } catch (GatewayException e) {
                // Just after its start a battle may not be known everywhere yet.
                if (e.status() / 100 == 4 && failures >= 10) {
                    throw e;
                }
                failures++;
            }
            if (failures > TRIES) {
                throw new GatewayException(
                        GatewayException.UNREACHABLE, "", "The stream of " + id + " stays broken");
            }
            pause();
        }
    }

    /** One connection. */
    private static final class Reading {
        private final SseParser parser;
        private final Consumer<SseEvent> reader;
        private boolean gotSomething;

        Reading(SseParser parser, Consumer<SseEvent> reader) {
            this.parser = parser;
            this.reader = reader;
        }

        boolean gotSomething() {
            return gotSomething;
        }

        /** True when the battle has ended, false when the connection has. */
        boolean untilItBreaks(Gateway gateway, UUID id) {
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    gateway.stream(id, parser.lastId()), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Optional<SseEvent> event = parser.line(line);
                    if (event.isPresent()) {
                        gotSomething = true;
                        reader.accept(event.get());
                        if (event.get().name().equals(ENDED)) {
                            return true;
                        }
                    }
                }
                return false;
            } catch (IOException | UncheckedIOException e) {
                return false;
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException(GatewayException.UNREACHABLE, "", "Interrupted");
        }
    }
}
