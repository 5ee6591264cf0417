package dev.battlestream.effects;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;
import org.apache.kafka.clients.producer.Producer;

/** What all calls of an engine share. */
final class Calls<I, R> {

    /** Publishing is repeated for as long as the engine lives, so only its pace is set. */
    static final IntervalFunction PUBLISH_BACKOFF =
            IntervalFunction.ofExponentialRandomBackoff(
                    Duration.ofMillis(100), 2, 0.5, Duration.ofSeconds(10));

    final Effect<?, I, R> effect;
    final EffectSettings.Retry retry;
    final IntervalFunction backoff;
    final Producer<byte[], byte[]> producer;
    final EffectMeters meters;
    final ThreadFactory threads;
    private volatile boolean closed;

    Calls(
            Effect<?, I, R> effect,
            EffectSettings.Retry retry,
            Producer<byte[], byte[]> producer,
            EffectMeters meters) {
        this.effect = effect;
        this.retry = retry;
        this.backoff = retry.backoff();
        this.producer = producer;
        this.meters = meters;
        this.threads = Thread.ofVirtual().name("effect-" + effect.type()).factory();
    }

    void launch(Slots.Share slot, PartitionRuns runs, EffectId id, int attempt, I input) {
        EffectRun<I, R> run = new EffectRun<>(this, slot, runs, id, attempt, input);
        runs.add(run);
        run.start();
    }

    /** From now on nothing is published again. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }
}
