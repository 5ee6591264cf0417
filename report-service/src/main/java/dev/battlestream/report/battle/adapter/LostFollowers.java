package dev.battlestream.report.battle.adapter;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts the followers that went away or took too long. */
public final class LostFollowers {

    private static final Logger log = LoggerFactory.getLogger(LostFollowers.class);

    private final Counter lost;

    LostFollowers(MeterRegistry meters) {
        lost =
                Counter.builder("battlestream.report.followers.lost")
                        .description("Followers that went away or were too slow")
                        .register(meters);
    }

    /**
     * One was lost.
     *
     * @param id of what it followed
     */
    public void count(String id, IOException cause) {
        lost.increment();
        log.debug("a follower was lost id={}: {}", id, cause.getClass().getSimpleName());
    }
}
