package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.report.WatchedBattles;
import dev.battlestream.gateway.report.adapter.BattleEvents;
import dev.battlestream.gateway.stream.BattleFeed;
import dev.battlestream.gateway.stream.DraftFrames;
import dev.battlestream.gateway.stream.FeedMemory;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import tools.jackson.databind.json.JsonMapper;

/**
 * The feeds of all battles that somebody watches: one per battle, with one subscription to the
 * report service each, shared by all viewers here. A feed begins with its first viewer and ends a
 * moment after its last, so that a viewer that only reconnects finds it again.
 *
 * <p>Stops before the web server does: viewers then see the end of their stream, the server has
 * nothing to wait for, and clients connect again, to whoever answers then.
 */
final class BattleFeeds implements SmartLifecycle, WatchedBattles {

    private static final class Shared {
        final BattleFeed feed;
        final Thread upstream;
        int viewers;
        long visits;

        Shared(BattleFeed feed, Thread upstream) {
            this.feed = feed;
            this.upstream = upstream;
        }

        void end() {
            feed.close();
            upstream.interrupt();
        }
    }

    private final Map<UUID, Shared> byBattle = new ConcurrentHashMap<>();
    private final BattleEvents events;
    private final JsonMapper json;
    private final MeterRegistry meters;
    private final StreamProperties properties;
    private final ScheduledExecutorService watch;
    private final FeedMemory memory;
    private final DraftFrames draftFrames;
    private volatile boolean stopped;

    BattleFeeds(
            BattleEvents events,
            JsonMapper json,
            MeterRegistry meters,
            StreamProperties properties,
            ScheduledExecutorService watch) {
        this.events = events;
        this.json = json;
        this.meters = meters;
        this.properties = properties;
        this.watch = watch;
        this.draftFrames = new JsonDraftFrames(json);
        this.memory =
                new FeedMemory(
                        properties.feedMemory().toBytes(), properties.allFeedsMemory().toBytes());
        meters.gaugeMapSize("battlestream.gateway.stream.feeds", List.of(), byBattle);
        meters.gauge("battlestream.gateway.stream.feed.bytes", memory, FeedMemory::taken);
    }

    /** The battle's feed, kept until {@link #leave} is called as often as this. */
    BattleFeed join(UUID battleId) {
        Shared shared =
                byBattle.compute(
                        battleId,
                        (id, known) -> {
                            Shared feed = known == null || over(known) ? begin(id) : known;
                            feed.viewers++;
                            feed.visits++;
                            return feed;
                        });
        if (stopped) {
            // Joined while everything stops: stop() may have missed this one.
            shared.end();
        }
        return shared.feed;
    }

    /** A viewer is gone. */
    void leave(UUID battleId, BattleFeed feed) {
        byBattle.computeIfPresent(
                battleId,
                (id, known) -> {
                    if (known.feed != feed || --known.viewers > 0) {
                        return known;
                    }
                    if (over(known) || stopped) {
                        known.end();
                        return null;
                    }
                    endLater(id, known);
                    return known;
                });
    }

    @Override
    public void end(UUID battleId) {
        byBattle.computeIfPresent(
                battleId,
                (_, known) -> {
                    known.end();
                    return null;
                });
    }

    @SuppressWarnings("FutureReturnValueIgnored") // endUnwatched throws nothing
    private void endLater(UUID battleId, Shared feed) {
        long visits = feed.visits;
        watch.schedule(
                () -> endUnwatched(battleId, feed, visits),
                properties.linger().toMillis(),
                TimeUnit.MILLISECONDS);
    }

    private void endUnwatched(UUID battleId, Shared feed, long visits) {
        byBattle.computeIfPresent(
                battleId,
                (_, known) -> {
                    if (known != feed || known.viewers > 0 || known.visits != visits) {
                        return known;
                    }
                    known.end();
                    return null;
                });
    }

    /** A feed that found no battle is of no use to the next viewer. */
    private static boolean over(Shared shared) {
        return switch (shared.feed.phase()) {
            case OPENING, OPEN, ENDED -> false;
            case UNKNOWN, CLOSED -> true;
        };
    }

    private Shared begin(UUID battleId) {
        BattleFeed feed = new BattleFeed(memory, draftFrames);
        Thread upstream =
                Thread.ofVirtual()
                        .name("feed-" + battleId)
                        .start(new FeedUpstream(battleId, feed, events, json, meters, properties));
        return new Shared(feed, upstream);
    }

    /** How many battles are watched, lingering feeds included. */
    int size() {
        return byBattle.size();
    }

    @Override
    public void start() {
        stopped = false;
    }

    @Override
    public void stop() {
        stopped = true;
        byBattle.values().forEach(Shared::end);
    }

    @Override
    public boolean isRunning() {
        return !stopped;
    }
}
