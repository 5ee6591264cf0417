package dev.battlestream.report.battle.adapter;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Server-sent events; the data of each is one line of JSON. */
public final class EventStream {

    /** How long a client waits before it connects again, in milliseconds. */
    private static final int RETRY_MS = 2_000;

    private final OutputStream out;
    private final JsonMapper json;

    private EventStream(OutputStream out, JsonMapper json) {
        this.out = out;
        this.json = json;
    }

    /** Begins a stream as the answer to a request. */
    public static EventStream open(HttpServletResponse response, JsonMapper json)
            throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no");
        EventStream stream = new EventStream(response.getOutputStream(), json);
        stream.write("retry: " + RETRY_MS + "\n\n");
        stream.flush();
        return stream;
    }

    /**
     * Writes an event.
     *
     * @param id where a follower goes on behind it; null for an event without a place
     */
    public void event(String name, @Nullable Long id, Object data) throws IOException {
        if (id != null) {
            write("id: " + id + "\n");
        }
        write("event: " + name + "\ndata: ");
        out.write(json.writeValueAsBytes(data));
        write("\n\n");
    }

    /** Writes a sign of life. */
    public void heartbeat() throws IOException {
        write(": still here\n\n");
        flush();
    }

    /** Lets go of what is buffered. */
    public void flush() throws IOException {
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
