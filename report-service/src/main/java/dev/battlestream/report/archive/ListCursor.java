package dev.battlestream.report.archive;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/**
 * A place in a list, newest first: behind the row with this time and id. Its text is opaque to
 * callers, and stays good however many rows come or end meanwhile.
 *
 * @param createdAt time of the row, to the microsecond
 * @param id the row's battle or run
 */
public record ListCursor(Instant createdAt, UUID id) {

    private static final int BYTES = 3 * Long.BYTES;

    public ListCursor {
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** The cursor as callers hold it: 32 characters that need no escaping in a URL. */
    public String text() {
        ByteBuffer bytes =
                ByteBuffer.allocate(BYTES)
                        .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, createdAt))
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** Reads a cursor's text; empty if it is none. */
    public static Optional<ListCursor> parse(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length != BYTES) {
                return Optional.empty();
            }
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            Instant createdAt = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
            return Times.isKept(createdAt)
                    ? Optional.of(
                            new ListCursor(createdAt, new UUID(buffer.getLong(), buffer.getLong())))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }
}
