package dev.battlestream.llm.adapter;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A time that passes only by being slept through. */
final class FakeTimepiece implements Timepiece {

    private final List<Duration> sleeps = new CopyOnWriteArrayList<>();
    private final AtomicLong now = new AtomicLong(1_000_000_000L);

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (duration.isPositive()) {
            sleeps.add(duration);
            now.addAndGet(duration.toNanos());
        }
    }

    /** All sleeps so far, in order. */
    List<Duration> sleeps() {
        return List.copyOf(sleeps);
    }
}
