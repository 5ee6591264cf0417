package dev.battlestream.llm.adapter;

import java.time.Duration;

/** The time that waits are made of; tests bring their own. */
interface Timepiece {

    /** The machine's. */
    Timepiece SYSTEM =
            new Timepiece() {
                @Override
                public long nanoTime() {
                    return System.nanoTime();
                }

                @Override
                public void sleep(Duration duration) throws InterruptedException {
                    if (duration.isPositive()) {
                        Thread.sleep(duration);
                    } else if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            };

    long nanoTime();

    /**
     * Blocks the calling thread; one that was interrupted before throws, even if it need not wait.
     */
    void sleep(Duration duration) throws InterruptedException;

    /** Sleeps until {@link #nanoTime} has come to this value; not at all if it has. */
    default void sleepUntil(long nanoTime) throws InterruptedException {
        sleep(Duration.ofNanos(Math.max(0, nanoTime - nanoTime())));
    }

    default Duration since(long nanoTime) {
        return Duration.ofNanos(nanoTime() - nanoTime);
    }
}
