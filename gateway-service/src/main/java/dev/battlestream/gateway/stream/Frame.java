package dev.battlestream.gateway.stream;

import java.nio.charset.StandardCharsets;

/**
 * A server-sent event as it goes over the wire. Encoded once, written to every viewer.
 *
 * @param bytes the event with its closing empty line; never changed
 */
@SuppressWarnings(
        "ArrayRecordComponent") // compared by identity only; a copy per viewer is the cost
public record Frame(byte[] bytes) {

    /** What opens every stream: how long a client waits before it connects again. */
    public static final Frame OPENING = of("retry: 2000\n\n");

    /** Keeps proxies and clients from taking a quiet stream for a dead one. */
    public static final Frame HEARTBEAT = of(": alive\n\n");

    /** What a viewer lacks is there no more: the first seq that is. */
    public static Frame resync(long firstSeq) {
        return event("resync", "{\"firstSeq\":%d}".formatted(firstSeq));
    }

    /** An event with a cursor. */
    public static Frame event(String name, long cursor, String data) {
        return of("event: %s\nid: %d\n%s\n".formatted(name, cursor, dataLines(data)));
    }

    /** An event that does not move the client's cursor. */
    public static Frame event(String name, String data) {
        return of("event: %s\n%s\n".formatted(name, dataLines(data)));
    }

    /** How many bytes it has. */
    public int size() {
        return bytes.length;
    }

    private static String dataLines(String data) {
        return "data: " + data.replace("\r", "").replace("\n", "\ndata: ") + "\n";
    }

    private static Frame of(String text) {
        return new Frame(text.getBytes(StandardCharsets.UTF_8));
    }
}
