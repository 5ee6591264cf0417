package dev.battlestream.effects.counter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.effects.EffectEngine;
import dev.battlestream.effects.EffectSettings;
import dev.battlestream.effects.EffectStreams;
import dev.battlestream.effects.ResultLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The wiring of an aggregate with effects, without a broker. */
class CounterTopologyTest {

    private static final Path FOLDER = Path.of("target", "counter", "topology");

    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final EffectEngine<Integer, TurnEffect.Turn> engine =
            EffectEngine.over(
                    new TurnEffect(
                            "turns",
                            new CallLog(FOLDER.resolve("calls")),
                            new TurnEffect.Pace() {}),
                    "turns",
                    EffectSettings.defaults(),
                    producer,
                    ResultLog.empty(),
                    InstantSource.system(),
                    new SimpleMeterRegistry());
    private final TopologyTestDriver driver =
            new TopologyTestDriver(
                    CounterProcessor.topology(engine, "requests", "turns"),
                    EffectStreams.properties("counter", "test", "none:1", FOLDER));
    private final TestInputTopic<String, String> requests = input("requests");
    private final TestInputTopic<String, String> turns = input("turns");

    private TestInputTopic<String, String> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new StringSerializer());
    }

    @AfterEach
    void close() {
        driver.close();
        engine.close();
    }

    @Test
    void aCounterGoesFromEffectToEventToEffect() {
        KeyValueStore<String, byte[]> pending = driver.getKeyValueStore("turn-pending");
        requests.pipeInput("a", "3");

        for (int turn = 1; turn <= 3; turn++) {
            int events = turn;
            assertThat(pending.approximateNumEntries()).isPositive();
            await().until(() -> producer.history().size() == events);
            turns.pipeInput("a", new String(producer.history().getLast().value(), UTF_8));
        }

        try (var left = pending.all()) {
            assertThat(left.hasNext()).isFalse();
        }
        assertThat(producer.history())
                .extracting(event -> new String(event.value(), UTF_8))
                .containsExactly("1", "2", "3");
    }
}
