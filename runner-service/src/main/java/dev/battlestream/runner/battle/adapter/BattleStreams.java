package dev.battlestream.runner.battle.adapter;

import dev.battlestream.effects.AggregateStreams;
import org.apache.kafka.streams.KafkaStreams;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.SmartLifecycle;

/** Starts the streams once their topics and schemas are there, and ends them. */
final class BattleStreams implements SmartLifecycle, HealthIndicator {

    private final Runnable topics;
    private final Runnable schemas;
    private final AggregateStreams streams;
    private final Deltas deltas;

    /**
     * @param topics makes the topics that are missing; throws where not all are as they must be
     * @param schemas learns the ids of all schemas that are written; throws if it cannot
     */
    BattleStreams(Runnable topics, Runnable schemas, AggregateStreams streams, Deltas deltas) {
        this.topics = topics;
        this.schemas = schemas;
        this.streams = streams;
        this.deltas = deltas;
    }

    @Override
    public void start() {
        try {
            topics.run();
            schemas.run();
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
        deltas.warmUp();
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
                .withDetail("callsInFlight", streams.callsInFlight())
                .withDetail("callsWaiting", streams.callsWaiting())
                .build();
    }
}
