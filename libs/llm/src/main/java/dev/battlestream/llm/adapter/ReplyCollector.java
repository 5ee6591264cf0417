package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ChatListener;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import org.jspecify.annotations.Nullable;

/**
 * Hears a stream through to its end, on the thread of the call. LangChain4j goes on after an event
 * that cannot be read, and logs what a handler throws; so the first fault is kept here and ends the
 * stream, and so does a text without end.
 */
final class ReplyCollector implements StreamingChatResponseHandler {

    /** The longest text, in characters: far above the tokens that a turn may have. */
    static final int LONGEST = 200_000;

    private final ChatListener listener;
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
        try {
            listener.delta(partial.text());
        } catch (RuntimeException e) {
            listenerFailure = e;
            context.streamingHandle().cancel();
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse completeResponse) {
        response = completeResponse;
    }

    @Override
    public void onError(Throwable error) {
        unreadable = true;
    }

    /** Whether the text went beyond what a reply may have, and was broken off. */
    boolean tooLong() {
        return length > LONGEST;
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
