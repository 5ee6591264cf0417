package dev.battlestream.report.battle.adapter;

import dev.battlestream.effects.ThreadReplacement;
import dev.battlestream.schemas.OtherPartitionsException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and ends the views. They start once their topics exist, so that a service that comes up
 * before its broker waits for it; they start before and end after the web server, which answers 503
 * meanwhile.
 */
final class ViewStreams implements SmartLifecycle, HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(ViewStreams.class);

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final KafkaStreams streams;
    private final Runnable topics;
    private final ThreadReplacement replacement = new ThreadReplacement();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable String refusal;
    private @Nullable Thread starter;

    /**
     * @param topics creates missing topics; throws where not all are as they must be
     * @param ready run whenever the views can be read anew
     */
    ViewStreams(KafkaStreams streams, Runnable topics, Runnable ready) {
        this.streams = streams;
        this.topics = topics;
        streams.setStateListener((now, before) -> {
            log.info("views state={}", now);
            if (now == KafkaStreams.State.RUNNING) {
                ready.run();
            }
        });
        streams.setUncaughtExceptionHandler(replacement);
    }

    @Override
    public void start() {
        starter = Thread.ofVirtual().name("view-starter").start(this::startWhenTopicsExist);
    }

    private void startWhenTopicsExist() {
        while (!topicsExist()) {
            if (awaitStop(RETRY)) {
                return;
            }
        }
        synchronized (this) {
            if (stopping.getCount() > 0) {
                streams.start();
            }
        }
    }

    private boolean topicsExist() {
        try {
            topics.run();
            refusal = null;
            return true;
        } catch (OtherPartitionsException e) {
            String before = refusal;
            refusal = e.getMessage();
            if (!Objects.equals(before, refusal)) {
                log.error("the views do not start: {}", refusal);
            }
        } catch (RuntimeException e) {
            log.warn(
                    "the topics cannot be created or found yet; trying again in {} cause={}",
                    RETRY,
                    e.toString());
        }
        return false;
    }

    @Override
    public void stop() {
        synchronized (this) {
            stopping.countDown();
            replacement.end();
        }
        Thread waiting = starter;
        if (waiting != null) {
            waiting.interrupt();
        }
        // A static member does not leave its group: within the session time-out it comes back to
        // the partitions that it had.
        if (!streams.close(CLOSE_LIMIT)) {
            log.warn("the views did not end within {}", CLOSE_LIMIT);
        }
    }

    private boolean awaitStop(Duration limit) {
        try {
            return stopping.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public boolean isRunning() {
        return starter != null && stopping.getCount() > 0;
    }

    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public Health health() {
        KafkaStreams.State state = streams.state();
        Health.Builder health =
                state == KafkaStreams.State.RUNNING ? Health.up() : Health.outOfService();
        String why = refusal;
        if (why != null) {
            health.withDetail("refused", why);
        }
        return health.withDetail("state", state).build();
    }
}
