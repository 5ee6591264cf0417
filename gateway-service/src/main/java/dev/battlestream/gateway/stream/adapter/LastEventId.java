package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.stream.Cursor;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a viewer goes on.
 *
 * @param cursor the event that it has seen last
 * @param comesAgain whether it was connected before
 */
public record LastEventId(long cursor, boolean comesAgain) {

    private static final Pattern CURSOR = Pattern.compile("[0-9]{1,10}");

    /**
     * Reads the header, or else the parameter.
     *
     * @throws RequestProblem if it is no id of an event
     */
    public static LastEventId read(@Nullable String header, @Nullable String after) {
        // A client that connects again repeats its URL: the header is newer than the parameter.
        return header != null && !header.isEmpty()
                ? new LastEventId(cursor("Last-Event-ID", header), true)
                : new LastEventId(cursor("after", after), false);
    }

    private static long cursor(String name, @Nullable String text) {
        if (text == null) {
            return Cursor.START;
        }
        if (!CURSOR.matcher(text).matches() || Long.parseLong(text) > Cursor.MOST) {
            throw RequestProblem.invalid(
                    List.of(new FieldError(name, "must be the id of an event, a whole number")));
        }
        return Long.parseLong(text);
    }
}
