package dev.battlestream.gateway.report;

import java.time.Duration;
import java.util.UUID;

/** Waits for the ends of battles. */
public interface Endings {

    /**
     * Waits until a battle has ended, but no longer than told. Nothing of the wait is left behind,
     * however it ends.
     *
     * @return false if it goes on, as far as can be said
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws dev.battlestream.gateway.exchange.RequestProblem if the gateway shuts down meanwhile
     */
    boolean awaitEnd(UUID battleId, Duration atMost) throws InterruptedException;
}
