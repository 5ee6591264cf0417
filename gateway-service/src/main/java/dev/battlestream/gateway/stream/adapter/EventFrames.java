package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.report.BattleStatus;
import dev.battlestream.gateway.report.MessagePage;
import dev.battlestream.gateway.report.VerdictPage;
import dev.battlestream.gateway.report.adapter.SseEvent;
import dev.battlestream.gateway.stream.Cursor;
import dev.battlestream.gateway.stream.Frame;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes what viewers are told of what the report service tells: the public shape of the data and
 * nothing else of it. Data of another shape is a {@link tools.jackson.core.JacksonException}.
 */
final class EventFrames {

    /** A message or a verdict with its place. */
    record Numbered(long cursor, Frame frame) {}

    private final JsonMapper json;

    EventFrames(JsonMapper json) {
        this.json = json;
    }

    Numbered message(SseEvent event) {
        return numbered(event, MessagePage.Message.class);
    }

    Numbered verdict(SseEvent event) {
        return numbered(event, VerdictPage.Verdict.class);
    }

    /** The battle's status, under the event's own name. */
    Frame status(SseEvent event) {
        return Frame.event(event.name(), checked(event.data(), BattleStatus.class));
    }

    private Numbered numbered(SseEvent event, Class<?> type) {
        long cursor = cursor(event);
        return new Numbered(cursor, Frame.event(event.name(), cursor, checked(event.data(), type)));
    }

    private static long cursor(SseEvent event) {
        String id = event.id();
        try {
            return id == null ? Cursor.START : Long.parseLong(id);
        } catch (NumberFormatException e) {
            // Counts as known, and so is dropped: an event without a place has none.
            return Cursor.START;
        }
    }

    private String checked(String data, Class<?> type) {
        return json.writeValueAsString(json.readValue(data, type));
    }
}
