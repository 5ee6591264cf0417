package dev.battlestream.gateway.stream;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that feeds may take for their events, each and all together. A feed that gets no more
 * forgets its oldest events.
 */
public final class FeedMemory {

    private final long mostPerFeed;
    private final long mostInAll;
    private final AtomicLong taken = new AtomicLong();

    /**
     * Sets the limits, in bytes.
     *
     * @throws IllegalArgumentException if they are not positive or contradict each other
     */
    public FeedMemory(long mostPerFeed, long mostInAll) {
        if (mostPerFeed < 1 || mostInAll < mostPerFeed) {
            throw new IllegalArgumentException(
                    "the memory of one feed must be positive and no more than that of all");
        }
        this.mostPerFeed = mostPerFeed;
        this.mostInAll = mostInAll;
    }

    /** How many bytes all feeds hold now. */
    public long taken() {
        return taken.get();
    }

    /** A feed holds so many bytes more, or less. */
    void take(long bytes) {
        taken.addAndGet(bytes);
    }

    boolean tooMuch(long ofThisFeed) {
        return ofThisFeed > mostPerFeed || taken.get() > mostInAll;
    }
}
