package dev.battlestream.gateway.report.adapter;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the event stream format of the HTML standard, with a limit on the size of an event. */
final class SseReader {

    private final InputStream in;
    private final int maxEventBytes;
    private volatile long lastHeardNanos = System.nanoTime();

    SseReader(InputStream in, int maxEventBytes) {
        this.in = new BufferedInputStream(in);
        this.maxEventBytes = maxEventBytes;
    }

    /** When the last line arrived, comments included, by {@link System#nanoTime}. */
    long lastHeardNanos() {
        return lastHeardNanos;
    }

    /**
     * The next event; null at the end of the stream, where an event without its empty line is
     * dropped.
     *
     * @throws IOException if the stream breaks or an event is too large
     */
    @Nullable SseEvent next() throws IOException {
        String name = "message";
        String id = null;
        StringBuilder data = new StringBuilder();
        boolean any = false;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                if (any) {
                    return new SseEvent(name, id, data.toString());
                }
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "event" -> name = value;
                case "id" -> id = value;
                case "data" -> {
                    if (any) {
                        data.append('\n');
                    }
                    any = true;
                    data.append(value);
                    if (data.length() > maxEventBytes) {
                        throw new IOException("an event is too large");
                    }
                }
                default -> {
                    // Comments and fields of later versions.
                }
            }
        }
        return null;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int b = in.read(); b >= 0; b = in.read()) {
            if (b == '\n') {
                lastHeardNanos = System.nanoTime();
                return line.toString(StandardCharsets.UTF_8);
            }
            if (b != '\r') {
                line.write(b);
            }
            if (line.size() > maxEventBytes) {
                throw new IOException("a line is too long");
            }
        }
        return null;
    }
}
