package dev.battlestream.judge.judging.adapter;

import dev.battlestream.judge.judging.Docket;
import dev.battlestream.judge.judging.Docket.Closed;
import dev.battlestream.judge.judging.Docket.Open;
import dev.battlestream.judge.judging.Docket.Unheard;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Dockets in {@value #LENGTH} bytes, because one is kept of every battle of the last month: a
 * format and a kind of one byte each, three counts of four, the last activity in milliseconds.
 */
final class DocketSerde implements Serde<Docket> {

    static final int LENGTH = 2 + 3 * Integer.BYTES + Long.BYTES;

    private static final byte FORMAT = 1;
    private static final byte OPEN = 1;
    private static final byte CLOSED = 2;

    @Override
    public Serializer<Docket> serializer() {
        return (topic, docket) -> docket == null ? null : encode(docket);
    }

    @Override
    public Deserializer<Docket> deserializer() {
        return (topic, bytes) -> bytes == null ? null : decode(bytes);
    }

    private static byte[] encode(Docket docket) {
        return switch (docket) {
            case Unheard _ ->
                    throw new IllegalStateException("An unheard battle is absent from the store");
            case Open(int seq, int turn, int verdict, Instant at) ->
                    bytes(OPEN, seq, turn, verdict, at);
            case Closed(int seq, int turn, int verdict, Instant at) ->
                    bytes(CLOSED, seq, turn, verdict, at);
        };
    }

    private static byte[] bytes(byte kind, int seq, int turn, int verdict, Instant at) {
        return ByteBuffer.allocate(LENGTH)
                .put(FORMAT)
                .put(kind)
                .putInt(seq)
                .putInt(turn)
                .putInt(verdict)
                .putLong(at.toEpochMilli())
                .array();
    }

    private static Docket decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        byte format = buffer.get();
        if (format != FORMAT) {
            throw new IllegalStateException(
                    "A docket has format %d, but this release reads only %d"
                            .formatted(format, FORMAT));
        }
        byte kind = buffer.get();
        int seq = buffer.getInt();
        int turn = buffer.getInt();
        int verdict = buffer.getInt();
        Instant at = Instant.ofEpochMilli(buffer.getLong());
        return switch (kind) {
            case OPEN -> new Open(seq, turn, verdict, at);
            case CLOSED -> new Closed(seq, turn, verdict, at);
            default -> throw new IllegalStateException("A docket of unknown kind " + kind);
        };
    }
}
