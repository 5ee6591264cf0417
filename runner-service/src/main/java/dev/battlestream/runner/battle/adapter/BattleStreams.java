package dev.battlestream.runner.battle.adapter;

import dev.battlestream.effects.EffectEngine;
import java.time.Duration;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/**
 * Starts and ends the streams. On shutdown the running calls end first, while the streams still
 * read their results, then the streams.
 */
final class BattleStreams implements SmartLifecycle, HealthIndicator {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(BattleStreams.class);

    private final Runnable topics;
    private final Written written;
    private final KafkaStreams streams;
    private final EffectEngine<?, ?> engine;
    private final Deltas deltas;
    private volatile boolean running;

    BattleStreams(
            Runnable topics,
            Written written,
            KafkaStreams streams,
            EffectEngine<?, ?> engine,
            Deltas deltas) {
        this.topics = topics;
        this.written = written;
        this.streams = streams;
        this.engine = engine;
        this.deltas = deltas;
        streams.setUncaughtExceptionHandler(fault -> {
            log.error("a stream thread died and is replaced", fault);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }

    @Override
    public void start() {
        try {
            topics.run();
            written.resolve();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        deltas.warmUp();
        streams.start();
        running = true;
    }

    @Override
    public void stop() {
        engine.close();
        if (!streams.close(CLOSE_LIMIT)) {
            log.warn("streams did not end within {}", CLOSE_LIMIT);
        }
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public Health health() {
        KafkaStreams.State state = streams.state();
        Health.Builder health =
                state == KafkaStreams.State.RUNNING ? Health.up() : Health.outOfService();
        return health.withDetail("state", state)
                .withDetail("callsInFlight", engine.inFlight())
                .withDetail("callsWaiting", engine.waiting())
                .build();
    }
}
