package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.exchange.ProblemCode;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.report.Endings;
import dev.battlestream.gateway.stream.Batch;
import dev.battlestream.gateway.stream.BattleFeed;
import dev.battlestream.gateway.stream.Cursor;
import dev.battlestream.gateway.stream.Place;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Waits as a viewer does, in the battle's shared feed. A feed that found no battle, because the
 * request is still on its way to the views, is joined anew.
 */
final class FeedEndings implements Endings {

    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final BattleFeeds feeds;

    FeedEndings(BattleFeeds feeds) {
        this.feeds = feeds;
    }

    @Override
    public boolean awaitEnd(UUID battleId, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!endedBefore(deadline, battleId)) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            if (!feeds.isRunning()) {
                throw RequestProblem.unavailable(
                        ProblemCode.SHUTTING_DOWN,
                        "The battle goes on; see the Location header, or repeat the request with"
                                + " its key");
            }
            TimeUnit.NANOSECONDS.sleep(Math.min(left, PAUSE_NANOS));
        }
        return true;
    }

    private boolean endedBefore(long deadline, UUID battleId) throws InterruptedException {
        BattleFeed feed = feeds.join(battleId);
        try {
            Place place = Place.after(Cursor.START);
            long left = deadline - System.nanoTime();
            while (left > 0) {
                Batch batch = feed.next(place, Duration.ofNanos(left));
                if (batch.last()) {
                    return feed.phase() == BattleFeed.Phase.ENDED;
                }
                place = batch.place();
                left = deadline - System.nanoTime();
            }
            return false;
        } finally {
            feeds.leave(battleId, feed);
        }
    }
}
