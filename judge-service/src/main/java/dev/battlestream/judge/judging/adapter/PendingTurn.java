package dev.battlestream.judge.judging.adapter;

import dev.battlestream.events.TurnProduced;
import dev.battlestream.judge.judging.Fitness;
import dev.battlestream.schemas.Correlation;
import dev.battlestream.schemas.StoredAvro;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A turn that waits for its verdict: kept whole, because after a crash nothing else has it.
 *
 * @param turn as it was read; one that cannot be judged has a failure that says why, and no texts
 * @param correlation of the record it was read from
 */
record PendingTurn(TurnProduced turn, Correlation correlation) {

    /**
     * The longest turn that is kept, in bytes as it lies in the store: far above what the limits of
     * the contract allow, and far enough below what a topic takes.
     */
    static final int MAX_BYTES = 600_000;

    private static final StoredAvro<TurnProduced> TURNS = StoredAvro.of(TurnProduced.class);

    /**
     * How it lies in the store: a format byte, the two correlation texts behind their lengths, and
     * the turn in Avro's single-object encoding.
     */
    static Serde<PendingTurn> serde() {
        return new Stored();
    }

    /**
     * Whether a turn can be kept: a record of a store's changelog must not become larger than a
     * topic takes, while a compressed turn may have been read that is.
     */
    static boolean fits(TurnProduced turn) {
        return TURNS.encode(turn).length <= MAX_BYTES;
    }

    /**
     * What is kept of a turn.
     *
     * @param number the turn under which it gets its verdict
     */
    static PendingTurn of(TurnProduced turn, int number, Fitness fitness, Correlation correlation) {
        TurnProduced kept =
                switch (fitness) {
                    case FIT -> turn;
                    case MISNUMBERED ->
                            JudgingAvro.unjudgeable(
                                    turn,
                                    number,
                                    "Message %d says that it is turn %d, but turn %d follows."
                                            .formatted(turn.getSeq(), turn.getTurn(), number));
                    case OVERSIZED ->
                            JudgingAvro.unjudgeable(
                                    turn,
                                    number,
                                    "The message and what it is judged by are too large: more than %d bytes."
                                            .formatted(MAX_BYTES));
                };
        return new PendingTurn(kept, correlation);
    }

    private static final class Stored implements Serde<PendingTurn> {

        private static final byte FORMAT = 1;

        @Override
        public Serializer<PendingTurn> serializer() {
            return (topic, pending) -> encode(pending);
        }

        @Override
        public Deserializer<PendingTurn> deserializer() {
            return (topic, bytes) -> decode(bytes);
        }

        private byte[] encode(PendingTurn pending) {
            byte[] traceparent =
                    pending.correlation().traceparent().getBytes(StandardCharsets.UTF_8);
            byte[] requestId = pending.correlation().requestId().getBytes(StandardCharsets.UTF_8);
            byte[] turn = TURNS.encode(pending.turn());
            return ByteBuffer.allocate(
                            1
                                    + 2 * Short.BYTES
                                    + traceparent.length
                                    + requestId.length
                                    + turn.length)
                    .put(FORMAT)
                    .putShort((short) traceparent.length)
                    .put(traceparent)
                    .putShort((short) requestId.length)
                    .put(requestId)
                    .put(turn)
                    .array();
        }

        private PendingTurn decode(byte[] bytes) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            byte format = buffer.get();
            if (format != FORMAT) {
                throw new IllegalStateException(
                        "A pending turn has format %d, but this release reads only %d"
                                .formatted(format, FORMAT));
            }
            Correlation correlation = new Correlation(text(buffer), text(buffer));
            byte[] turn = new byte[buffer.remaining()];
            buffer.get(turn);
            return new PendingTurn(TURNS.decode(turn), correlation);
        }

        private static String text(ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.getShort()];
            buffer.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
