package dev.battlestream.llm.adapter;

import dev.langchain4j.http.client.sse.ServerSentEvent;
import java.util.regex.Pattern;

/**
 * What of a stream must be understood to tell a whole reply from one that was cut. Quotes within a
 * JSON text are escaped, so none of the patterns can be met within a reply's content.
 */
enum WireFormat {
    /**
     * Chat completions: an event with a finish reason that is not empty; some servers leave {@code
     * [DONE]} out.
     */
    OPENAI("\"finish_reason\"\\s*:\\s*\"[^\"]") {
        @Override
        boolean refuses(String data) {
            return false;
        }
    },
    /** Messages: the last event is a {@code message_stop}. */
    ANTHROPIC("\"type\"\\s*:\\s*\"message_stop\"") {
        @Override
        boolean refuses(String data) {
            return REFUSAL.matcher(data).find();
        }
    };

    private static final Pattern REFUSAL = Pattern.compile("\"stop_reason\"\\s*:\\s*\"refusal\"");
    private static final Pattern ERROR = Pattern.compile("\"error\"\\s*:\\s*[{\"]");

    private final Pattern end;

    WireFormat(String end) {
        this.end = Pattern.compile(end);
    }

    boolean ends(ServerSentEvent event) {
        return "[DONE]".equals(event.data()) || end.matcher(event.data()).find();
    }

    boolean isError(ServerSentEvent event) {
        return "error".equals(event.event()) || ERROR.matcher(event.data()).find();
    }

    /** Whether the provider says by this event, or this body, that it will not answer. */
    abstract boolean refuses(String data);
}
