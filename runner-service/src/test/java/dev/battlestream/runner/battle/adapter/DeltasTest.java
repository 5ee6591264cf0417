package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.Role;
import dev.battlestream.runner.battle.Allowance;
import dev.battlestream.runner.battle.Speaker;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.PlainAvro;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class DeltasTest {

    private static final Serde<TurnDelta> DELTAS =
            new EventSerdes(PlainAvro.settings()).values(Topics.BATTLE_DELTAS);

    private static final Duration STEP = Duration.ofMillis(10);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(
                    true,
                    new RoundRobinPartitioner(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
    private Duration elapsed = Duration.ofDays(1);
    private final List<Deltas.Message> messages = new ArrayList<>();
    private final Deltas deltas =
            new Deltas(
                    producer,
                    DELTAS.serializer(),
                    () -> Records.NOW,
                    () -> elapsed.toNanos(),
                    new SimpleMeterRegistry());

    @Test
    void aMessageThatIsAloneIsShownTwentyTimesASecond() {
        write(1, Duration.ofSeconds(1));

        assertThat(producer.history()).hasSize(20);
    }

    @Test
    void manyMessagesShareAThousandDeltasASecond() {
        write(2_000, Duration.ofSeconds(4));

        assertThat(producer.history()).hasSizeBetween(3_000, 4_000);
    }

    @Test
    void whatWasHeldBackIsShownAtTheEnd() {
        write(2_000, Duration.ofMillis(100));
        assertThat(producer.history()).isEmpty();

        messages.getFirst().close();

        assertThat(texts()).containsExactly("x".repeat(10));
    }

    @Test
    void theShareOfAMessageThatEndedGoesToTheOthers() {
        write(2_000, Duration.ofMillis(100));
        messages.subList(1, messages.size()).forEach(Deltas.Message::close);
        producer.clear();

        messages.getFirst().delta("y");

        assertThat(texts()).containsExactly("x".repeat(10) + "y");
    }

    @Test
    void aMessageThatIsBeingHeldBackIsBoundedAllTheSame() {
        write(2_000, STEP);

        messages.getFirst().delta("y".repeat(20_000));

        assertThat(texts()).extracting(String::length).containsExactly(16_000, 4_001);
    }

    /** Each of so many messages gets a piece at each step. */
    private void write(int count, Duration time) {
        Stream.generate(() -> deltas.of(call())).limit(count).forEach(messages::add);
        for (long step = 0; step < time.dividedBy(STEP); step++) {
            messages.forEach(message -> message.delta("x"));
            elapsed = elapsed.plus(STEP);
        }
    }

    private List<String> texts() {
        return producer.history().stream()
                .map(sent -> DELTAS.deserializer().deserialize(sent.topic(), sent.value()))
                .map(TurnDelta::getText)
                .toList();
    }

    private static TurnCall call() {
        return new TurnCall(
                "battle",
                1,
                1,
                Speaker.AGENT,
                1,
                new ChatRequest(
                        ModelReference.parse("scripted:x"),
                        List.of(new ChatMessage(Role.USER, "Begin.")),
                        null,
                        null,
                        "battle"),
                "",
                JudgingPolicy.newBuilder().setValidators(List.of()).build(),
                List.of(),
                Allowance.UNBOUNDED,
                Map.of(),
                Records.NOW);
    }
}
