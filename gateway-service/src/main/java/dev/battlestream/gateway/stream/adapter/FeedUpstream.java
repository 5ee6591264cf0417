package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.exchange.Correlation;
import dev.battlestream.gateway.report.MessageDelta;
import dev.battlestream.gateway.report.adapter.BattleEvents;
import dev.battlestream.gateway.report.adapter.Faults;
import dev.battlestream.gateway.report.adapter.SseEvent;
import dev.battlestream.gateway.stream.BattleFeed;
import dev.battlestream.gateway.stream.Delta;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Fills a feed from the report service until the battle ends or the feed is closed. Whatever breaks
 * in between (the report service restarts, moves the battle to another instance, sends nonsense),
 * it comes again behind the last event that arrived, with exponential backoff and jitter, and the
 * viewers notice nothing but silence. Runs on a virtual thread; an interrupt ends it.
 *
 * <p>What a battle that ended has told is kept a moment for those who still read it. Who comes
 * later is told from the views again, which know whether the battle was deleted meanwhile.
 */
final class FeedUpstream implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(FeedUpstream.class);

    /** An assignment of partitions, and the rebuilding of a small view, take less. */
    private static final Duration GONE_AFTER = Duration.ofMinutes(1);

    /** Who reads slower than this comes again behind its last event. */
    private static final Duration ENDED_KEPT = Duration.ofSeconds(30);

    private final UUID battleId;
    private final BattleFeed feed;
    private final BattleEvents events;
    private final JsonMapper json;
    private final EventFrames frames;
    private final MeterRegistry meters;
    private final StreamProperties properties;

    /** Since when the battle that was there has been unknown, by the nano clock; 0 for not. */
    private long unknownSince;

    FeedUpstream(
            UUID battleId,
            BattleFeed feed,
            BattleEvents events,
            JsonMapper json,
            MeterRegistry meters,
            StreamProperties properties) {
        this.battleId = battleId;
        this.feed = feed;
        this.events = events;
        this.json = json;
        this.frames = new EventFrames(json);
        this.meters = meters;
        this.properties = properties;
    }

    @Override
    public void run() {
        Duration backoff = properties.minBackoff();
        try {
            while (wanted()) {
                long before = feed.cursor();
                follow();
                if (wanted()) {
                    backoff = feed.cursor() > before ? properties.minBackoff() : backoff;
                    meters.counter("battlestream.gateway.stream.reconnects").increment();
                    Thread.sleep(jittered(backoff));
                    backoff = smaller(backoff.multipliedBy(2), properties.maxBackoff());
                }
            }
            if (feed.phase() == BattleFeed.Phase.ENDED) {
                Thread.sleep(ENDED_KEPT);
                feed.close();
            }
        } catch (InterruptedException e) {
            // The feed was closed: nobody watches any more.
            Thread.currentThread().interrupt();
        }
    }

    private boolean wanted() {
        return switch (feed.phase()) {
            case OPENING, OPEN -> !Thread.currentThread().isInterrupted();
            case ENDED, UNKNOWN, CLOSED -> false;
        };
    }

    private void follow() throws InterruptedException {
        Correlation correlation = new Correlation("feed-" + UUID.randomUUID(), null);
        try {
            BattleEvents.End end =
                    events.follow(battleId, feed.cursor(), correlation, new FeedSink());
            switch (end) {
                case UNKNOWN -> {
                    // Ignored once the feed was open: a battle that was there is not gone, but its
                    // view may be on its way to another instance.
                    feed.unknownBattle();
                    closeIfGone();
                }
                case DELETED -> {
                    feed.unknownBattle();
                    if (feed.phase() != BattleFeed.Phase.UNKNOWN) {
                        LOG.info("Battle {} was deleted: its streams end", battleId);
                        feed.close();
                    }
                }
                case CLOSED -> unknownSince = 0;
            }
        } catch (IOException | JacksonException e) {
            LOG.warn(
                    "The stream of battle {} broke off and is opened again: {}",
                    battleId,
                    Faults.told(e));
        }
    }

    /** A battle that stays unknown has left the views: its viewers are not kept for ever. */
    private void closeIfGone() {
        long now = System.nanoTime();
        if (unknownSince == 0) {
            unknownSince = now;
        } else if (now - unknownSince > GONE_AFTER.toNanos()) {
            LOG.info("Battle {} is known no more: its streams end", battleId);
            feed.close();
        }
    }

    private static Duration jittered(Duration backoff) {
        return Duration.ofNanos(
                ThreadLocalRandom.current().nextLong(backoff.toNanos() / 2, backoff.toNanos() + 1));
    }

    private static Duration smaller(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private final class FeedSink implements BattleEvents.Sink {

        @Override
        public void opened() {
            feed.opened();
        }

        @Override
        public boolean event(SseEvent event) {
            return switch (event.name()) {
                case "message" -> append(frames.message(event));
                case "verdict" -> append(frames.verdict(event));
                case "delta", "retry" -> {
                    delta(event);
                    yield true;
                }
                case "status" -> {
                    feed.status(frames.status(event));
                    yield true;
                }
                case "ended" -> {
                    feed.ended(frames.status(event));
                    yield false;
                }
                default -> {
                    dropped("unknown");
                    yield true;
                }
            };
        }

        /** Answers whether the subscription goes on: behind a gap it has to begin again. */
        private boolean append(EventFrames.Numbered event) {
            return switch (feed.append(event.cursor(), event.frame())) {
                case NEW -> true;
                case REPEATED -> {
                    dropped("repeated");
                    yield true;
                }
                case GAP -> {
                    LOG.warn(
                            "Battle {}: an event is missing before cursor {}",
                            battleId,
                            event.cursor());
                    dropped("gap");
                    yield false;
                }
            };
        }

        private void delta(SseEvent event) {
            Delta.Taken taken;
            try {
                taken = feed.delta(delta(json.readValue(event.data(), MessageDelta.class)));
            } catch (JacksonException e) {
                // Worth no new subscription: the message will say it all.
                LOG.debug("Battle {}: a delta is unreadable", battleId);
                dropped("delta_unreadable");
                return;
            }
            if (taken != Delta.Taken.NEW) {
                dropped("delta_" + taken.name().toLowerCase(Locale.ROOT));
            }
        }

        private static Delta delta(MessageDelta told) {
            Integer offset = told.offset();
            String text = told.text();
            return offset == null || text == null
                    ? new Delta.Retry(told.seq(), told.turn(), told.attempt(), told.index())
                    : new Delta.Text(
                            told.seq(), told.turn(), told.attempt(), told.index(), offset, text);
        }

        private void dropped(String reason) {
            meters.counter("battlestream.gateway.stream.events.dropped", "reason", reason)
                    .increment();
        }
    }
}
