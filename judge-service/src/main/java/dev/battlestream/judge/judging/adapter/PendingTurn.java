package dev.battlestream.judge.judging.adapter;

import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.schemas.StoredAvro;
import dev.battlestream.schemas.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A turn that waits for its verdict: kept whole, because after a crash nothing else has it.
 *
 * @param turn as it was read
 * @param correlation of the record it was read from
 */
record PendingTurn(TurnProduced turn, Correlation correlation) {

    /** All but the texts of a turn takes a few thousand bytes at most. */
    private static final long MAX_TEXT_BYTES = Topic.MAX_RECORD_BYTES;

    /**
     * How it lies in the store: a format byte, the two correlation texts behind their lengths, and
     * the turn in Avro's single-object encoding.
     */
    static Serde<PendingTurn> serde() {
        return new Stored();
    }

    /**
     * Whether it can be kept: a record of the store's changelog must not become larger than a topic
     * takes. A turn that came uncompressed always fits.
     */
    static boolean fits(TurnProduced turn) {
        List<String> texts = new ArrayList<>(List.of(turn.getContent(), turn.getGoal()));
        turn.getJudging().getValidators().forEach(validator -> texts.add(validator.getPattern()));
        ModelJudge fast = turn.getJudging().getFast();
        if (fast != null) {
            texts.add(fast.getRubric());
        }
        long characters = texts.stream().mapToLong(String::length).sum();
        // Bytes are counted only where they might matter: a character has at most three.
        return characters * 3 <= MAX_TEXT_BYTES
                || texts.stream().mapToLong(PendingTurn::utf8).sum() <= MAX_TEXT_BYTES;
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static final class Stored implements Serde<PendingTurn> {

        private static final byte FORMAT = 1;

        private final StoredAvro<TurnProduced> turns = StoredAvro.of(TurnProduced.class);

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
            byte[] turn = turns.encode(pending.turn());
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
            return new PendingTurn(turns.decode(turn), correlation);
        }

        private static String text(ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.getShort()];
            buffer.get(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
