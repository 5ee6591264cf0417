package dev.battlestream.gateway.stream.adapter;

import dev.battlestream.gateway.exchange.FieldError;
import dev.battlestream.gateway.exchange.RequestProblem;
import dev.battlestream.gateway.stream.Cursor;
import java.math.BigInteger;
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

    private static final Pattern CURSOR = Pattern.compile("[0-9]{1,19}");

    /**
     * Reads the header, or else the parameter, of a battle.
     *
     * @throws RequestProblem if it is no id of an event
     */
    public static LastEventId read(@Nullable String header, @Nullable String after) {
        return read(header, after, Cursor.MOST);
    }

    /**
     * The same of a run, whose places are counted without a bound.
     *
     * @throws RequestProblem if it is no id of an event
     */
    public static LastEventId readOfRun(@Nullable String header, @Nullable String after) {
        return read(header, after, Long.MAX_VALUE);
    }

    private static LastEventId read(@Nullable String header, @Nullable String after, long most) {
        // A client that connects again repeats its URL: the header is newer than the parameter.
        return header != null && !header.isEmpty()
                ? new LastEventId(cursor("Last-Event-ID", header, most), true)
                : new LastEventId(cursor("after", after, most), false);
    }

    private static long cursor(String name, @Nullable String text, long most) {
        if (text == null) {
            return Cursor.START;
        }
        if (!CURSOR.matcher(text).matches()
                || new BigInteger(text).compareTo(BigInteger.valueOf(most)) > 0) {
            throw RequestProblem.invalid(
                    List.of(new FieldError(name, "must be the id of an event, a whole number")));
        }
        return Long.parseLong(text);
    }
}
