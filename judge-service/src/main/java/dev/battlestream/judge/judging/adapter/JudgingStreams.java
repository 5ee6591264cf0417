package dev.battlestream.judge.judging.adapter;

import dev.battlestream.effects.AggregateStreams;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/** Starts and ends the streams with the service; while they do not run it is not ready. */
final class JudgingStreams implements SmartLifecycle, HealthIndicator {

    private final AggregateStreams streams;

    JudgingStreams(AggregateStreams streams) {
        this.streams = streams;
    }

    @Override
    public void start() {
        streams.start();
    }

    @Override
    public void stop() {
        streams.stop();
    }

    @Override
    public boolean isRunning() {
        return streams.isRunning();
    }

    @Override
    public Health health() {
        KafkaStreams.State state = streams.state();
        Health.Builder health =
                state == KafkaStreams.State.RUNNING ? Health.up() : Health.outOfService();
        return health.withDetail("state", state)
                .withDetail("judgingsInFlight", streams.callsInFlight())
                .withDetail("judgingsWaiting", streams.callsWaiting())
                .build();
    }
}
