package dev.battlestream.runner.battle.adapter;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the schema registry at the start of the service. */
public final class RegistryPatience {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private static final Logger log = LoggerFactory.getLogger(RegistryPatience.class);

    private RegistryPatience() {}

    /**
     * Asks again and again, for a minute at most.
     *
     * @param samples serializes what needs the registry; throws while that is of no use
     * @throws IllegalStateException if it is of no use for a minute
     */
    public static void ask(Runnable samples) {
        ask(samples, PATIENCE);
    }

    /** As the other one, with another patience than a minute. */
    static void ask(Runnable samples, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        for (int trial = 1; ; trial++) {
            try {
                samples.run();
                return;
            } catch (RuntimeException e) {
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(
                            "the schema registry did not give the schemas within " + patience, e);
                }
                if (trial == 1) {
                    log.warn("waiting for the schema registry cause={}", e.getClass().getName());
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the registry", e);
        }
    }
}
