package dev.battlestream.judge.judging.adapter;

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
 * Starts and ends the streams. On shutdown the judgings in flight end first, while the streams
 * still read their verdicts, then the streams. A stream thread that dies is replaced; meanwhile the
 * instance is not ready.
 */
final class JudgingStreams implements SmartLifecycle, HealthIndicator {

    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(JudgingStreams.class);

    private final KafkaStreams streams;
    private final EffectEngine<?, ?> engine;
    private volatile boolean running;

    JudgingStreams(KafkaStreams streams, EffectEngine<?, ?> engine) {
        this.streams = streams;
        this.engine = engine;
        streams.setUncaughtExceptionHandler(fault -> {
            log.error("a stream thread died and is replaced", fault);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
    }

    @Override
    public void start() {
        streams.start();
        running = true;
    }

    @Override
    public void stop() {
        engine.close();
        if (!streams.close(CLOSE_LIMIT)) {
            log.warn("the streams did not end in time limit={}", CLOSE_LIMIT);
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
                .withDetail("judgingsInFlight", engine.inFlight())
                .withDetail("judgingsWaiting", engine.waiting())
                .build();
    }
}
