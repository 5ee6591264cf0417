package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.effects.EffectEngine;
import dev.battlestream.effects.EffectSettings;
import dev.battlestream.effects.ResultLog;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.Reply;
import dev.battlestream.runner.battle.Caps;
import dev.battlestream.runner.battle.adapter.stored.StoredPendingTurn;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.PlainAvro;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RoundRobinPartitioner;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** A runner without a broker: topics go through a test driver, replies to a mock producer. */
final class BattleRig implements AutoCloseable {

    static final EventSerdes SERDES = new EventSerdes(PlainAvro.settings());
    private static final Deserializer<TurnProduced> TURNS =
            SERDES.values(Topics.BATTLE_TURNS).deserializer();

    final String id = UUID.randomUUID().toString();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    final Model model = new Model();

    final TopologyTestDriver driver;
    private final EffectEngine<StoredPendingTurn, TurnCall> engine;

    BattleRig(Path state) {
        engine =
                EffectEngine.over(
                        new TurnEffect(
                                model,
                                new Deltas(
                                        new MockProducer<>(
                                                true,
                                                new RoundRobinPartitioner(),
                                                new ByteArraySerializer(),
                                                new ByteArraySerializer()),
                                        SERDES.values(Topics.BATTLE_DELTAS).serializer(),
                                        () -> Records.NOW,
                                        registry),
                                SERDES.values(Topics.BATTLE_TURNS).serializer(),
                                () -> Records.NOW),
                        Topics.BATTLE_TURNS.name(),
                        EffectSettings.defaults(),
                        producer,
                        ResultLog.empty(),
                        () -> Records.NOW,
                        registry);
        driver = new TopologyTestDriver(topology(), properties(state), Records.NOW);
    }

    @Override
    public void close() {
        driver.close();
        engine.close();
    }

    Topology topology() {
        Caps caps =
                new Caps(
                        25,
                        1_000,
                        Duration.ofHours(1),
                        1_000,
                        5,
                        5,
                        100,
                        5,
                        100,
                        LogRetention.DEFAULT.requests(),
                        reference -> BattleRules.allows(List.of(), model, reference),
                        BattleRules::isReference,
                        _ -> true);
        BattleRules rules =
                new BattleRules(
                        caps,
                        "scripted:x",
                        500,
                        new Tariffs(
                                model, new RunnerSettings.JudgingBound("scripted:judge", "", 512)),
                        LogRetention.DEFAULT.markers());
        return BattleTopology.of(
                SERDES,
                Written.of(SERDES),
                engine,
                () ->
                        new BattleProcessor(
                                rules,
                                engine,
                                new BattleMeters(registry),
                                BattleConfiguration.deadLetterValues(SERDES)));
    }

    private static Properties properties(Path state) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        return properties;
    }

    <V extends SpecificRecord> void send(Topic<V> topic, V value) {
        sendAs(id, topic, value);
    }

    <V extends SpecificRecord> void sendAt(Instant at, Topic<V> topic, V value) {
        driver.createInputTopic(
                        topic.name(), new StringSerializer(), SERDES.values(topic).serializer())
                .pipeInput(id, value, at);
    }

    <V extends SpecificRecord> void sendAs(String key, Topic<V> topic, V value) {
        driver.createInputTopic(
                        topic.name(), new StringSerializer(), SERDES.values(topic).serializer())
                .pipeInput(key, value, Records.NOW);
    }

    void raw(Topic<?> topic, String key, byte @Nullable [] value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, Records.NOW);
    }

    TestRecord<String, byte[]> deadLetter(Topic<?> topic) {
        return driver.createOutputTopic(
                        topic.deadLetterTopic(),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())
                .readRecord();
    }

    /** What the runner has published for the message, once it has. */
    TurnProduced playedTurn(int seq) {
        return await().pollInterval(Duration.ofMillis(2))
                .until(
                        () ->
                                producer.history().stream()
                                        .map(ProducerRecord::value)
                                        .map(v -> TURNS.deserialize("battle.turns", v))
                                        .filter(turn -> turn.getSeq() == seq)
                                        .findFirst(),
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    TurnProduced turnOf(int seq, String content) {
        return TurnProduced.newBuilder()
                .setBattleId(id)
                .setSeq(seq)
                .setTurn(seq)
                .setSpeaker(dev.battlestream.events.Speaker.AGENT)
                .setContent(content)
                .setModel("scripted:x")
                .setCostUsd(BigDecimal.ZERO.setScale(9))
                .setProducedAt(Records.NOW)
                .build();
    }

    List<BattleEnded> outcomes() {
        return driver.createOutputTopic(
                        Topics.BATTLE_OUTCOMES.name(),
                        new StringDeserializer(),
                        SERDES.values(Topics.BATTLE_OUTCOMES).deserializer())
                .readValuesToList();
    }

    BattleEnded ended() {
        List<BattleEnded> outcomes = outcomes();
        assertThat(outcomes).hasSize(1);
        return outcomes.getFirst();
    }

    double dropped(String reason) {
        return registry.get("battle.inputs.dropped").tag("reason", reason).counter().count();
    }

    static String header(TestRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Answers at once and remembers what it was asked. */
    static final class Model implements ChatModels {

        final List<ChatRequest> requests = new CopyOnWriteArrayList<>();

        @Override
        public Reply chat(ChatRequest request, @Nullable ChatListener listener) {
            requests.add(request);
            return new Reply(
                    "reply " + request.turn(),
                    "x",
                    FinishReason.STOP,
                    10,
                    7,
                    new BigDecimal("0.001"),
                    Duration.ZERO,
                    1);
        }

        @Override
        public boolean knows(ModelReference reference) {
            return reference.provider().equals("scripted");
        }
    }
}
