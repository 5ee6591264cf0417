package dev.battlestream.effects.counter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.battlestream.effects.Effect;
import dev.battlestream.effects.EffectCall;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Counts one turn: writes down that it was called, takes its time, replies. */
final class TurnEffect implements Effect<Integer, TurnEffect.Turn, Integer> {

    /** What a call is given. */
    record Turn(String key, int number) {}

    private final String topic;
    private final CallLog calls;
    private final Pace pace;

    TurnEffect(String topic, CallLog calls, Pace pace) {
        this.topic = topic;
        this.calls = calls;
        this.pace = pace;
    }

    @Override
    public String type() {
        return "turn";
    }

    @Override
    public Serde<Integer> payload() {
        return Serdes.Integer();
    }

    @Override
    public Integer run(Turn turn, EffectCall call) throws InterruptedException {
        pace.beforeCall(turn);
        calls.add(turn);
        pace.inCall(turn);
        return turn.number();
    }

    @Override
    public ProducerRecord<byte[], byte[]> result(Turn turn, Integer number) {
        pace.afterReply(turn);
        return event(turn, String.valueOf(number));
    }

    @Override
    public ProducerRecord<byte[], byte[]> failed(Turn turn, Throwable fault) {
        return event(turn, "failed " + fault);
    }

    private ProducerRecord<byte[], byte[]> event(Turn turn, String text) {
        return new ProducerRecord<>(topic, turn.key().getBytes(UTF_8), text.getBytes(UTF_8));
    }

    /** Where a test makes a call slow or lets it hang. */
    interface Pace {
        default void beforeCall(Turn turn) throws InterruptedException {}

        default void inCall(Turn turn) throws InterruptedException {}

        default void afterReply(Turn turn) {}
    }
}
