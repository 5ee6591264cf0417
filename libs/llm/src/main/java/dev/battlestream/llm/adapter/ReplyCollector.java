package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatListener;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import org.jspecify.annotations.Nullable;

/**
 * Hears a stream through to its end, on the thread of the call, and keeps what was said aloud.
 * LangChain4j goes on after an event that cannot be read, and logs what a handler throws; so the
 * first fault is kept here and ends the stream, and so does a text without end.
 */
final class ReplyCollector implements StreamingChatResponseHandler {

    /** The longest text, in characters: far above the tokens that a turn may have. */
    static final int LONGEST = 200_000;

    private final ChatListener listener;
    private final HiddenReasoning hidden = new HiddenReasoning();
    private final StringBuilder text = new StringBuilder();
    private @Nullable ChatResponse response;
    private @Nullable RuntimeException listenerFailure;
    private boolean unreadable;
    private long length;

    ReplyCollector(ChatListener listener) {
        this.listener = listener;
    }

    @Override
    public void onPartialResponse(PartialResponse partial, PartialResponseContext context) {
        length += partial.text().length();
        if (unreadable || tooLong() || listenerFailure != null) {
            context.streamingHandle().cancel();
            return;
        }
        say(hidden.aloud(partial.text()));
        if (listenerFailure != null) {
            context.streamingHandle().cancel();
        }
    }

    /** The text of a reply that came in one piece. */
    void whole(ChatResponse complete) {
        String said = complete.aiMessage().text();
        if (said != null) {
            length = said.length();
            say(tooLong() ? "" : hidden.aloud(said));
        }
        onCompleteResponse(complete);
    }

    private void say(String aloud) {
        if (aloud.isEmpty()) {
            return;
        }
        text.append(aloud);
        try {
            listener.delta(aloud);
        } catch (RuntimeException e) {
            listenerFailure = e;
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse completeResponse) {
        response = completeResponse;
        say(hidden.end());
    }

    @Override
    public void onError(Throwable error) {
        unreadable = true;
    }

    /** Whether the text went beyond what a reply may have, and was broken off. */
    boolean tooLong() {
        return length > LONGEST;
    }

    /** All that was said aloud so far. */
    String text() {
        return text.toString();
    }

    /** Null if a part of the stream could not be read. */
    @Nullable ChatResponse response() {
        return unreadable ? null : response;
    }

    /** What a listener throws is the caller's and goes back to it. */
    void rethrowListenerFailure() {
        if (listenerFailure != null) {
            throw listenerFailure;
        }
    }
}
