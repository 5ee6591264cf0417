package dev.battlestream.effects;

/**
 * Turns a pending payload into what a call needs. It runs on the task's stream thread at the moment
 * of dispatch and may read the task's state stores, so that a waiting effect holds nothing but its
 * id in memory.
 *
 * @param <P> payload of the effect
 * @param <I> input of the effect
 */
@FunctionalInterface
public interface Preparation<P, I> {

    /**
     * Reads the input of a call that is about to start.
     *
     * @param attempt how often the effect has been dispatched, this time included, from 1
     * @throws RuntimeException a bug in the aggregate; it goes up to Kafka Streams like one thrown
     *     by a processor
     */
    I prepare(EffectId id, int attempt, P payload);
}
