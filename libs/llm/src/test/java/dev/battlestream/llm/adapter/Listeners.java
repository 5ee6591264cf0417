package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ModelException;
import java.time.Duration;

/** Listeners that do one thing. */
final class Listeners {

    private Listeners() {}

    /** Does this for each delta. */
    static ChatListener onDelta(Runnable action) {
        return new ChatListener() {
            @Override
            public void delta(String text) {
                action.run();
            }

            @Override
            public void retrying(int failedAttempt, ModelException cause, Duration wait) {}
        };
    }
}
