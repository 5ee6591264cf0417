package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.battlestream.events.DeltaKind;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.Role;
import dev.battlestream.runner.battle.Allowance;
import dev.battlestream.runner.battle.Speaker;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.PlainAvro;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

/** What is published of a message while it is being written. */
class DeltaOffsetsTest {

    private static final Serde<TurnDelta> SERDE =
            new EventSerdes(PlainAvro.settings()).values(Topics.BATTLE_DELTAS);

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(
                    true,
                    new RoundRobinPartitioner(),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
    private final Deltas deltas =
            new Deltas(
                    producer,
                    SERDE.serializer(),
                    () -> Records.NOW,
                    System::nanoTime,
                    new SimpleMeterRegistry());

    @Test
    void eachDeltaSaysWhereItsTextBegins() {
        write("a".repeat(16_000), "bc", "d".repeat(33_000), "e");

        List<TurnDelta> published = published();
        assertThat(published).extracting(TurnDelta::getIndex).isSorted().doesNotHaveDuplicates();
        StringBuilder text = new StringBuilder();
        for (TurnDelta delta : published) {
            assertThat(delta.getOffset()).isEqualTo(text.length());
            assertThat(delta.getText()).hasSizeBetween(1, 16_000);
            text.append(delta.getText());
        }
        assertThat(text).hasToString("a".repeat(16_000) + "bc" + "d".repeat(33_000) + "e");
    }

    @Test
    void aRetryBeginsTheMessageAnew() {
        try (Deltas.Message message = deltas.of(call())) {
            message.delta("x".repeat(16_000));
            message.delta("lost");
            message.retrying(
                    1,
                    new ModelException(ModelException.Kind.OVERLOADED, "503", null, 1, null),
                    Duration.ZERO);
            message.delta("y");
        }

        assertThat(published())
                .extracting(TurnDelta::getKind, TurnDelta::getOffset)
                .containsExactly(
                        tuple(DeltaKind.TEXT, 0),
                        tuple(DeltaKind.RETRY, 0),
                        tuple(DeltaKind.TEXT, 0));
    }

    @Test
    void noCharacterIsCutInTwo() {
        write("a".repeat(15_999) + "\ud83d", "\ude00!");

        assertThat(published())
                .extracting(TurnDelta::getText)
                .containsExactly("a".repeat(15_999), "\ud83d\ude00!");
    }

    private void write(String... pieces) {
        try (Deltas.Message message = deltas.of(call())) {
            for (String piece : pieces) {
                message.delta(piece);
            }
        }
    }

    private static TurnCall call() {
        return new TurnCall(
                "b-1",
                1,
                1,
                Speaker.AGENT,
                1,
                new ChatRequest(
                        ModelReference.parse("scripted:x"),
                        List.of(new ChatMessage(Role.USER, "Begin.")),
                        null,
                        null,
                        "b-1"),
                "",
                JudgingPolicy.newBuilder().setValidators(List.of()).build(),
                List.of(),
                Allowance.UNBOUNDED,
                Map.of(),
                Records.NOW);
    }

    private List<TurnDelta> published() {
        return producer.history().stream()
                .map(sent -> SERDE.deserializer().deserialize(sent.topic(), sent.value()))
                .toList();
    }
}
