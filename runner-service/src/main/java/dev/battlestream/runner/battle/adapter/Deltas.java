package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.DeltaKind;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ModelException;
import dev.battlestream.schemas.Correlation;
import dev.battlestream.schemas.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Publishes messages while they are being written, a few times a second and more seldom the more of
 * them there are. A delta may be lost: it is counted and the call goes on.
 */
final class Deltas implements AutoCloseable {

    /** Pieces of a message that come faster are joined. */
    private static final long SHORTEST_PAUSE = Duration.ofMillis(50).toNanos();

    /**
     * Deltas in a second, of all messages together, that the pauses make for: a reader's screen has
     * no use for more, and thousands of messages at once would crowd out the turns.
     */
    private static final long DELTAS_A_SECOND = 1_000;

    private static final int MAX_TEXT = 16_000;

    private final Producer<byte[], byte[]> producer;
    private final Serializer<TurnDelta> serializer;
    private final InstantSource clock;
    private final LongSupplier ticks;
    private final Counter lost;
    private final AtomicInteger beingWritten = new AtomicInteger();

    Deltas(
            Producer<byte[], byte[]> producer,
            Serializer<TurnDelta> serializer,
            InstantSource clock,
            MeterRegistry registry) {
        this(producer, serializer, clock, System::nanoTime, registry);
    }

    /**
     * @param ticks nanoseconds since any moment, by which the pauses are measured
     */
    Deltas(
            Producer<byte[], byte[]> producer,
            Serializer<TurnDelta> serializer,
            InstantSource clock,
            LongSupplier ticks,
            MeterRegistry registry) {
        this.producer = producer;
        this.serializer = serializer;
        this.clock = clock;
        this.ticks = ticks;
        this.lost =
                Counter.builder("battle.deltas.lost")
                        .description("Token deltas that could not be published")
                        .register(registry);
    }

    /**
     * Learns where the topic is before the first delta, which would otherwise be lost: a delta
     * waits for nothing.
     */
    void warmUp() {
        try {
            producer.partitionsFor(Topics.BATTLE_DELTAS.name());
        } catch (TimeoutException _) {
            // Asked is enough: the answer comes in the background, before the first reply does.
        }
    }

    Message of(TurnCall call) {
        beingWritten.incrementAndGet();
        return new Message(call);
    }

    private long pause() {
        long share = beingWritten.get() * Duration.ofSeconds(1).toNanos() / DELTAS_A_SECOND;
        return Math.max(SHORTEST_PAUSE, share);
    }

    /** Publishes what is still on its way, for a moment. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(1));
    }

    /** One message being written, by one thread. */
    final class Message implements ChatListener, AutoCloseable {

        private final TurnCall call;
        private final Headers headers;
        private final StringBuilder text = new StringBuilder();
        private long publishedAt = ticks.getAsLong() - SHORTEST_PAUSE;
        private int index;
        private int offset;

        private Message(TurnCall call) {
            this.call = call;
            this.headers = Correlation.of(call.correlation()).headers();
        }

        @Override
        public void delta(String more) {
            text.append(more);
            long now = ticks.getAsLong();
            if (now - publishedAt >= pause() || text.length() >= MAX_TEXT) {
                flush();
                publishedAt = now;
            }
        }

        @Override
        public void retrying(int failedAttempt, ModelException cause, Duration wait) {
            text.setLength(0);
            offset = 0;
            publish(DeltaKind.RETRY, "");
        }

        @Override
        public void close() {
            beingWritten.decrementAndGet();
            flush();
        }

        private void flush() {
            int from = 0;
            for (int to = end(from); to > from; to = end(from)) {
                publish(DeltaKind.TEXT, text.substring(from, to));
                offset += to - from;
                from = to;
            }
            text.delete(0, from);
        }

        /** Where a delta that begins there ends: not between the halves of a character. */
        private int end(int from) {
            int to = Math.min(text.length(), from + MAX_TEXT);
            return to > from && Character.isHighSurrogate(text.charAt(to - 1)) ? to - 1 : to;
        }

        private void publish(DeltaKind kind, String piece) {
            TurnDelta delta =
                    TurnDelta.newBuilder()
                            .setBattleId(call.battleId())
                            .setSeq(call.seq())
                            .setTurn(call.turn())
                            .setAttempt(call.attempt())
                            .setIndex(index++)
                            .setKind(kind)
                            .setText(piece)
                            .setOffset(offset)
                            .setAt(clock.instant())
                            .build();
            try {
                var _ =
                        producer.send(
                                record(delta),
                                (sent, failure) -> {
                                    if (failure != null) {
                                        lost.increment();
                                    }
                                });
            } catch (RuntimeException _) {
                // Whatever the registry or the producer threw: the call that is paid for goes on.
                lost.increment();
            }
        }

        private ProducerRecord<byte[], byte[]> record(TurnDelta delta) {
            String topic = Topics.BATTLE_DELTAS.name();
            return new ProducerRecord<>(
                    topic,
                    null,
                    call.battleId().getBytes(StandardCharsets.UTF_8),
                    serializer.serialize(topic, headers, delta),
                    headers);
        }
    }
}
