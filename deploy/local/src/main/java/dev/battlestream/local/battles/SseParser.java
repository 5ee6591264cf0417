package dev.battlestream.local.battles;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code text/event-stream} line by line, as the HTML standard's "Interpreting an event
 * stream" says.
 *
 * <p>Keeps the last cursor seen, so that a reader can go on from it over another connection.
 */
public final class SseParser {

    private static final String DEFAULT_NAME = "message";

    private final StringBuilder data = new StringBuilder();
    private @Nullable String name;
    private @Nullable String idOfEvent;
    private @Nullable String lastId;

    /** Takes one line without its end; an empty line completes an event. */
    public Optional<SseEvent> line(String line) {
        if (line.isEmpty()) {
            return complete();
        }
        int colon = line.indexOf(':');
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        if (value.startsWith(" ")) {
            value = value.substring(1);
        }
        switch (field) {
            case "event" -> name = value;
            case "data" -> data.append(value).append('\n');
            case "id" -> {
                if (value.indexOf('\0') < 0) {
                    idOfEvent = value;
                }
            }
            default -> {
                // A comment, a retry hint or a field of the future.
            }
        }
        return Optional.empty();
    }

    /** Forgets an event that a broken connection left half read. */
    public void reconnected() {
        data.setLength(0);
        name = null;
        idOfEvent = null;
    }

    /** The cursor of the last complete event that had one. */
    public Optional<String> lastId() {
        return Optional.ofNullable(lastId);
    }

    private Optional<SseEvent> complete() {
        if (idOfEvent != null) {
            lastId = idOfEvent;
        }
        Optional<SseEvent> event = Optional.empty();
        if (!data.isEmpty()) {
            String text = data.substring(0, data.length() - 1);
            String kind = name == null || name.isEmpty() ? DEFAULT_NAME : name;
            event = Optional.of(new SseEvent(idOfEvent, kind, text));
        }
        reconnected();
        return event;
    }
}
