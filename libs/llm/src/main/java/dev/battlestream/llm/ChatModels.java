package dev.battlestream.llm;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Every configured model behind one door. Safe for use by any number of threads.
 *
 * <p>A call blocks until the reply is whole and is made for virtual threads. Interrupting the
 * calling thread cancels the call: a pause ends at once and an open connection is closed.
 */
public interface ChatModels {

    /**
     * Asks a model, again after a passing failure, up to the configured number of attempts; then,
     * where one is configured, another in its place. It waits for the limits on both.
     *
     * @throws ModelException when the model cannot answer or did not within the attempts allowed
     * @throws InterruptedException when the calling thread was interrupted; what its attempts cost
     *     by then is not known, at most {@link #worstCaseCost}
     */
    Reply chat(ChatRequest request, ChatListener listener)
            throws ModelException, InterruptedException;

    /**
     * Whether a call to this model has a provider to go to; a remote provider may still not have a
     * model of that name.
     */
    boolean knows(ModelReference model);

    /**
     * The most that {@link #chat} can cost for this request, in US dollars and exactly: {@link
     * Reply#costUsd} and {@link Reply#unsettledUsd} together, or {@link
     * ModelException#unsettledUsd}, never exceed it. It covers every attempt that a provider may
     * charge for, of which a call makes at most {@link RetrySettings#maxChargedAttempts}; it trusts
     * the provider to keep to {@code maxTokens} and {@link PromptBound} to hold.
     *
     * @return 0 for a model without a price; empty if no bound is known, because the request has no
     *     {@code maxTokens} and the model has a price
     */
    default Optional<BigDecimal> worstCaseCost(ChatRequest request) {
        return Optional.empty();
    }

    /** The price of a model; {@link ModelPrice#FREE} if it has none. */
    default ModelPrice price(ModelReference model) {
        return ModelPrice.FREE;
    }
}
