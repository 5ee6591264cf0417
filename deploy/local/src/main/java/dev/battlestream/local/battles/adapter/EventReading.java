package dev.battlestream.local.battles.adapter;

import dev.battlestream.local.battles.SseEvent;
import dev.battlestream.local.battles.SseParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;

/** One connection to a stream that ends with an event {@value #ENDED}. */
public final class EventReading {

    /** The name of the event that ends a stream. */
    public static final String ENDED = "ended";

    private final SseParser parser;
    private final Consumer<SseEvent> reader;
    private boolean gotSomething;

    /**
     * @param parser keeps the cursor from connection to connection
     * @param reader gets each event
     */
    public EventReading(SseParser parser, Consumer<SseEvent> reader) {
        this.parser = parser;
        this.reader = reader;
    }

    /** Opens a stream behind a cursor. */
    public interface Opening {

        /**
         * The bytes of the stream behind the cursor, or of all of it.
         *
         * @throws IOException when the connection cannot be made
         * @throws GatewayException when the gateway refuses
         */
        InputStream after(Optional<String> cursor) throws IOException;
    }

    /** Whether an event came. */
    public boolean gotSomething() {
        return gotSomething;
    }

    /**
     * True when what is told has ended, false when the connection has.
     *
     * @throws GatewayException when the gateway refuses
     */
    public boolean untilItBreaks(Opening opening) {
        parser.reconnected();
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(
                                opening.after(parser.lastId()), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<SseEvent> event = parser.line(line);
                if (event.isPresent()) {
                    gotSomething = true;
                    reader.accept(event.get());
                    if (event.get().name().equals(ENDED)) {
                        return true;
                    }
                }
            }
            return false;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }
}
