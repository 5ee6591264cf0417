package dev.battlestream.judge.judging.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.effects.EffectEngine;
import dev.battlestream.effects.EffectSettings;
import dev.battlestream.effects.EffectStreams;
import dev.battlestream.effects.ResultLog;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.judge.judging.Cascade;
import dev.battlestream.judge.judging.Court;
import dev.battlestream.judge.judging.Docket;
import dev.battlestream.judge.judging.ModelRules;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.PlainAvro;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** A judge without a broker: topics go through a test driver, verdicts to a mock producer. */
final class JudgingRig implements AutoCloseable {

    private static final EventSerdes SERDES = new EventSerdes(PlainAvro.settings());
    static final Duration RETENTION = Duration.ofDays(30);

    private static final ModelRules RULES =
            new ModelRules(new ModelReference("scripted", "judge"), Optional.empty(), Set.of());

    private final String battle = UUID.randomUUID().toString();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final FakeChat chat = new FakeChat();

    private final TopologyTestDriver driver;
    private final EffectEngine<PendingTurn, JudgeCall> engine;

    JudgingRig(Path state) {
        JudgingMeters meters = new JudgingMeters(registry);
        JudgeModels models = new JudgeModels(chat, RULES, 512, null);
        engine =
                EffectEngine.over(
                        new VerdictEffect(
                                new Cascade(new Court(RULES, PromptFiles.prompts())),
                                models,
                                SERDES.values(Topics.BATTLE_VERDICTS).serializer(),
                                () -> Records.NOW,
                                meters),
                        Topics.BATTLE_VERDICTS.name(),
                        EffectSettings.defaults(),
                        producer,
                        ResultLog.empty(),
                        () -> Records.NOW,
                        registry);
        driver = new TopologyTestDriver(topology(meters), properties(state), Records.NOW);
    }

    @Override
    public void close() {
        driver.close();
        engine.close();
    }

    FakeChat chat() {
        return chat;
    }

    String battle() {
        return battle;
    }

    /** Lets time pass in the topology. */
    void advance(Duration time) {
        driver.advanceWallClockTime(time);
    }

    double forgotten() {
        return registry.counter("judge.battles.forgotten").count();
    }

    Headers sentHeaders() {
        return producer.history().getFirst().headers();
    }

    String shape() {
        return topology(new JudgingMeters(registry)).describe().toString();
    }

    private Topology topology(JudgingMeters meters) {
        return JudgingTopology.of(
                engine,
                SERDES.values(Topics.BATTLE_TURNS).deserializer(),
                SERDES.values(Topics.BATTLE_VERDICTS).deserializer(),
                RETENTION,
                meters);
    }

    static Properties properties(Path state) {
        Properties properties =
                EffectStreams.properties("battlestream-judge", "test", "unused:1", state);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        return properties;
    }

    void send(Topic<?> topic, SpecificRecord value) {
        send(topic, battle, value, new RecordHeaders(), Records.NOW);
    }

    @SuppressWarnings("unchecked") // the topic says what its records are
    void send(Topic<?> topic, String key, SpecificRecord value, Headers headers, Instant at) {
        Topic<SpecificRecord> any = (Topic<SpecificRecord>) topic;
        driver.createInputTopic(
                        topic.name(), new StringSerializer(), SERDES.values(any).serializer())
                .pipeInput(new TestRecord<>(key, value, headers, at));
    }

    /** The verdict that was published as the n-th. */
    VerdictIssued verdict(int nth) {
        await().until(() -> producer.history().size() >= nth);
        ProducerRecord<byte[], byte[]> sent = producer.history().get(nth - 1);
        assertThat(sent.topic()).isEqualTo("battle.verdicts");
        assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo(battle);
        return SERDES.values(Topics.BATTLE_VERDICTS)
                .deserializer()
                .deserialize(sent.topic(), sent.value());
    }

    /** What is sent afterwards is judged: so nothing before it still is. */
    void judgedNothingMoreThan(int calls) {
        String last = UUID.randomUUID().toString();
        TurnProduced turn = Records.turn(last, 1, "The last one");
        Instant now = Records.NOW.plus(Duration.ofDays(60));
        int before = producer.history().size();
        send(Topics.BATTLE_TURNS, last, turn, new RecordHeaders(), now);
        await().until(() -> producer.history().size() > before);
        assertThat(chat.requests()).hasSize(calls + 1);
        assertThat(producer.history()).hasSize(calls + 1);
    }

    double dropped(String reason) {
        return registry.counter("judge.records.dropped", "reason", reason).count();
    }

    Docket docket() {
        return dockets().get(battle);
    }

    KeyValueStore<String, Docket> dockets() {
        return driver.getKeyValueStore(JudgingProcessor.DOCKETS);
    }

    int count() {
        int count = 0;
        try (KeyValueIterator<String, Docket> all = dockets().all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    int pending() {
        return ours("verdict-pending");
    }

    int held() {
        return ours(HeldTurns.STORE);
    }

    private int ours(String name) {
        int count = 0;
        KeyValueStore<String, ?> store = driver.getKeyValueStore(name);
        try (KeyValueIterator<String, ?> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, ?> next = all.next();
                assertThat(next.key).startsWith(battle);
                count++;
            }
        }
        return count;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
