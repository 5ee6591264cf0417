package dev.battlestream.llm;

import java.time.Duration;

/**
 * Watches a reply come into being; always called on the thread that called {@link ChatModels#chat}.
 */
public interface ChatListener {

    /** Hears nothing. */
    ChatListener NONE =
            new ChatListener() {
                @Override
                public void delta(String text) {}

                @Override
                public void retrying(int failedAttempt, ModelException cause, Duration wait) {}
            };

    /** The next piece of the reply; providers that do not stream give none. */
    void delta(String text);

    /**
     * An attempt failed and another follows: the deltas heard so far are void.
     *
     * @param failedAttempt from 1
     * @param wait until the next attempt starts
     */
    void retrying(int failedAttempt, ModelException cause, Duration wait);
}
