package dev.battlestream.llm;

/**
 * Every configured model behind one door. Safe for use by any number of threads.
 *
 * <p>A call blocks until the reply is whole and is made for virtual threads. Interrupting the
 * calling thread cancels the call: a pause ends at once and an open connection is closed.
 */
public interface ChatModels {

    /**
     * Asks a model, again after a passing failure, up to the configured number of attempts.
     *
     * @throws ModelException when the model cannot answer or did not within the attempts allowed
     * @throws InterruptedException when the calling thread was interrupted
     */
    Reply chat(ChatRequest request, ChatListener listener)
            throws ModelException, InterruptedException;

    /**
     * Whether a call to this model has a provider to go to; a remote provider may still not have a
     * model of that name.
     */
    boolean knows(ModelReference model);
}
