package dev.battlestream.llm.adapter;

import dev.battlestream.llm.ModelException.Kind;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.http.HttpTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Passes events on and tells a finished stream from one that was cut, stalled or turned into an
 * error half-way, all of which look like a short but complete reply to LangChain4j.
 */
final class EventWatch implements ServerSentEventListener {

    static final ProviderFault REFUSAL =
            ProviderFault.of(Kind.REFUSED, "refused by its content rules");

    static final ProviderFault TOO_LONG =
            ProviderFault.of(Kind.GARBAGE, "sent more than any answer may have");

    private final ServerSentEventListener listener;
    private final WireFormat format;
    private final IdleBoundedBody body;
    private boolean begun;
    private boolean finished;
    private boolean cancelled;
    private @Nullable ProviderFault fault;

    EventWatch(ServerSentEventListener listener, WireFormat format, IdleBoundedBody body) {
        this.listener = listener;
        this.format = format;
        this.body = body;
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        begun = true;
        body.replyBegan();
        if (format.isError(event)) {
            fault = ProviderFault.ofEvent(event.data());
        } else if (format.refuses(event.data())) {
            fault = REFUSAL;
        } else {
            finished |= format.ends(event);
            pass(event, context);
        }
        if (fault != null) {
            context.parsingHandle().cancel();
        }
        cancelled = context.parsingHandle().isCancelled();
    }

    /** LangChain4j would log what it cannot read, with a piece of it. */
    private void pass(ServerSentEvent event, ServerSentEventContext context) {
        try {
            listener.onEvent(event, context);
        } catch (RuntimeException _) {
            fault = ProviderFault.of(Kind.GARBAGE, "sent a stream that cannot be read");
        }
    }

    /** The parser reports failures of reading; the body has kept them. */
    @Override
    public void onError(Throwable throwable) {}

    /**
     * Judges the stream when no more comes of it. A reply that was finished stands, whatever
     * happened to the connection after it.
     */
    void end() {
        IOException failure = body.failure();
        if (failure instanceof InterruptedIOException) {
            throw new StreamingHttpClient.Interrupted();
        }
        if (fault != null) {
            throw new StreamingHttpClient.Failed(fault, null);
        }
        if (finished || cancelled) {
            return;
        }
        if (failure instanceof HttpTimeoutException) {
            throw new StreamingHttpClient.Failed(
                    ProviderFault.of(
                            Kind.TIMEOUT,
                            (begun ? "stopped in the middle: " : "did not begin its reply: ")
                                    + failure.getMessage()),
                    null);
        }
        if (failure instanceof IdleBoundedBody.TooLong) {
            throw new StreamingHttpClient.Failed(TOO_LONG, null);
        }
        if (!begun && failure == null) {
            throw new StreamingHttpClient.Failed(
                    ProviderFault.of(Kind.GARBAGE, "sent something that is no stream"), null);
        }
        throw new StreamingHttpClient.Failed(
                ProviderFault.of(Kind.NETWORK, "was cut off in the middle"), failure);
    }
}
