package dev.battlestream.llm;

/**
 * One provider of models, to be implemented once per kind of server. It makes single attempts;
 * retry and prices are not its concern. Safe for use by any number of threads.
 */
public interface ChatProvider {

    /**
     * Makes one attempt on the calling thread, with {@link ChatListener#delta} called as text
     * arrives.
     *
     * @param attempt the number of this attempt within its call, from 1
     * @throws ModelException if it failed; {@link ModelException#calls()} is 1 if the provider may
     *     have seen the request, else 0
     * @throws InterruptedException when the calling thread was interrupted; the connection is then
     *     closed
     */
    ProviderReply chat(ChatRequest request, int attempt, ChatListener listener)
            throws ModelException, InterruptedException;

    /** Whether this provider would try a model of this name. */
    boolean knows(String model);
}
