package dev.battlestream.effects;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;

/**
 * One type of slow work, written once per feature and shared by all tasks and threads: it holds no
 * state of an aggregate.
 *
 * @param <P> payload: what is kept in the store while the effect is pending; small, because it is
 *     written to a changelog
 * @param <I> input: what a call needs, read from the aggregate's stores when the effect is
 *     dispatched (see {@link Preparation})
 * @param <R> result of a call
 */
public interface Effect<P, I, R> {

    /** Name of this type in metrics and of its store, in kebab case, e.g. {@code turn}. */
    String type();

    /** How the payload is kept in the store; the format outlives a release. */
    Serde<P> payload();

    /**
     * Does the slow work, on a virtual thread of its own. It must answer an interrupt soon, since
     * that is how it is cancelled.
     *
     * @throws PassingFault when another trial may succeed; the engine repeats with backoff
     * @throws Exception anything else is final and becomes {@link #failed}
     */
    R run(I input, EffectCall call) throws Exception;

    /**
     * The event that a result is, keyed by the aggregate's key so that it lands in the aggregate's
     * partition. Called again, without limit while the engine lives, when it throws or when it
     * cannot be published: the call that was made for it is not thrown away for a fault that may
     * pass.
     *
     * @throws UnwritableResult when the result can never be encoded; it becomes {@link #failed}, as
     *     does an event that is too large for the log
     */
    ProducerRecord<byte[], byte[]> result(I input, R result);

    /**
     * The event that the last failure is: an effect always ends on the log. Called again, without
     * limit, when it throws or cannot be published.
     */
    ProducerRecord<byte[], byte[]> failed(I input, Throwable fault);
}
