package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ModelException.Kind;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Passes events on and tells a finished stream from one that was cut, stalled or turned into an
 * error half-way, all of which look like a short but complete reply to LangChain4j.
 */
final class EventWatch implements ServerSentEventListener {

    /** Quotes within a JSON text are escaped, so neither can be met within a reply's content. */
    private static final Pattern FINISHED = Pattern.compile("\"finish_reason\"\\s*:\\s*\"");

    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*[{\"]");

    private final ServerSentEventListener listener;
    private boolean begun;
    private boolean finished;
    private boolean cancelled;
    private @Nullable String error;

    EventWatch(ServerSentEventListener listener) {
        this.listener = listener;
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        begun = true;
        if ("error".equals(event.event()) || ERROR.matcher(event.data()).find()) {
            error = event.data();
            context.parsingHandle().cancel();
            return;
        }
        finished |= "[DONE]".equals(event.data()) || FINISHED.matcher(event.data()).find();
        listener.onEvent(event, context);
        cancelled = context.parsingHandle().isCancelled();
    }

    /** The parser reports failures of reading; the body has kept them. */
    @Override
    public void onError(Throwable throwable) {}

    /**
     * Judges the stream when no more comes of it. A reply that was finished stands, whatever
     * happened to the connection after it.
     */
    void end(IdleBoundedBody body) {
        IOException failure = body.failure();
        if (failure instanceof InterruptedIOException) {
            throw new StreamingHttpClient.Interrupted();
        }
        if (error != null) {
            throw new StreamingHttpClient.Failed(OpenAiFault.ofEvent(error), null);
        }
        if (finished || cancelled) {
            return;
        }
        if (failure instanceof HttpTimeoutException) {
            throw new StreamingHttpClient.Failed(
                    OpenAiFault.of(Kind.TIMEOUT, "stopped in the middle: " + failure.getMessage()),
                    null);
        }
        if (!begun && failure == null) {
            throw new StreamingHttpClient.Failed(
                    OpenAiFault.of(Kind.GARBAGE, "sent something that is no stream"), null);
        }
        throw new StreamingHttpClient.Failed(
                OpenAiFault.of(Kind.NETWORK, "was cut off in the middle"), failure);
    }
}
