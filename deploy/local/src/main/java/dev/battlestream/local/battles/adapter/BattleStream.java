package dev.battlestream.local.battles.adapter;

import dev.battlestream.local.battles.SseEvent;
import dev.battlestream.local.battles.SseParser;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Follows one battle to its end, connecting again from the last cursor whenever the stream breaks.
 */
public final class BattleStream {

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
                EventReading reading = new EventReading(parser, reader);
                if (reading.untilItBreaks(after -> gateway.stream(id, after))) {
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

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GatewayException(GatewayException.UNREACHABLE, "", "Interrupted");
        }
    }
}
