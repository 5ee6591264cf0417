package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.effects.EffectEngine;
import dev.battlestream.effects.EffectSettings;
import dev.battlestream.effects.ResultLog;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Verdict;
import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.FinishReason;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.Reply;
import dev.battlestream.llm.Role;
import dev.battlestream.runner.battle.Caps;
import dev.battlestream.runner.battle.adapter.stored.StoredBattle;
import dev.battlestream.runner.battle.adapter.stored.StoredPendingTurn;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.PlainAvro;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BattleTopologyTest {

    private static final EventSerdes SERDES = new EventSerdes(PlainAvro.settings());
    private static final Deserializer<TurnProduced> TURNS =
            SERDES.values(Topics.BATTLE_TURNS).deserializer();

    private final String id = UUID.randomUUID().toString();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Model model = new Model();

    private TopologyTestDriver driver;
    private EffectEngine<StoredPendingTurn, TurnCall> engine;

    @BeforeEach
    void start(@TempDir Path state) {
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

    @AfterEach
    void stop() {
        driver.close();
        engine.close();
    }

    @Test
    void aBattleIsPlayedUntilTheJudgeSaysYes() {
        send(Topics.BATTLE_REQUESTS, Records.request(id, "scripted:x"));
        TurnProduced first = playedTurn(1);
        send(Topics.BATTLE_TURNS, first);
        send(Topics.BATTLE_VERDICTS, Records.verdict(id, 1, Verdict.NO));
        TurnProduced second = playedTurn(2);
        send(Topics.BATTLE_TURNS, second);
        send(Topics.BATTLE_VERDICTS, Records.verdict(id, 2, Verdict.YES));

        assertThat(first.getContent()).isEqualTo("reply 1");
        assertThat(first.getGoal()).isEqualTo("reach it");
        assertThat(second.getTurn()).isEqualTo(2);
        BattleEnded ended = ended();
        assertThat(ended.getReason()).isEqualTo(EndReason.GOAL);
        assertThat(ended.getMessageCount()).isEqualTo(2);
        assertThat(ended.getVerdictCount()).isEqualTo(2);
        assertThat(ended.getAgentUsage().getTokensOut()).isEqualTo(14);
        assertThat(ended.getAgentUsage().getCostUsd()).isEqualByComparingTo("0.002");
    }

    @Test
    void theModelSeesWhatWasSaidBefore() {
        send(Topics.BATTLE_REQUESTS, Records.request(id, "scripted:x"));
        send(Topics.BATTLE_TURNS, playedTurn(1));
        send(Topics.BATTLE_VERDICTS, Records.verdict(id, 1, Verdict.NO));
        playedTurn(2);

        assertThat(model.requests.getLast().messages())
                .extracting(message -> message.role() + ": " + message.content())
                .containsExactly(
                        Role.SYSTEM + ": Your goal: reach it",
                        Role.USER + ": Begin.",
                        Role.ASSISTANT + ": reply 1",
                        Role.USER + ": Continue.");
    }

    @Test
    void theEndedBattleLeavesNothingButAMarker() {
        send(Topics.BATTLE_REQUESTS, Records.request(id, "scripted:x"));
        send(Topics.BATTLE_TURNS, playedTurn(1));
        send(Topics.BATTLE_VERDICTS, Records.verdict(id, 1, Verdict.YES));

        for (String store : List.of("battles", "requests", "transcript", "turn-pending")) {
            try (var all = driver.getKeyValueStore(store).all()) {
                assertThat(all.hasNext()).as(store).isFalse();
            }
        }
        assertThat(driver.<String, Long>getKeyValueStore("ended").get(id)).isNotNull();
    }

    @Test
    void aRepeatedRequestCausesNoSecondCall() {
        send(Topics.BATTLE_REQUESTS, Records.request(id, "scripted:x"));
        send(Topics.BATTLE_REQUESTS, Records.request(id, "scripted:x"));
        playedTurn(1);
        send(Topics.BATTLE_CANCELLATIONS, Records.cancel(id));
        send(Topics.BATTLE_REQUESTS, Records.request(id, "scripted:x"));

        assertThat(model.requests).hasSize(1);
        assertThat(dropped("repeated-request")).isEqualTo(2);
    }

    @Test
    void aTurnReadBeforeItsRequestIsNotAskedForAgain() {
        TurnProduced early = turnOf(1, "said before the crash");
        send(Topics.BATTLE_TURNS, early);
        send(Topics.BATTLE_REQUESTS, Records.request(id, "scripted:x"));
        send(Topics.BATTLE_VERDICTS, Records.verdict(id, 1, Verdict.NO));
        playedTurn(2);

        assertThat(model.requests).hasSize(1);
        assertThat(model.requests.getFirst().messages())
                .anyMatch(message -> message.content().equals("said before the crash"));
    }

    @Test
    void anInadmissibleRequestEndsWithAReadableRefusal() {
        BattleRequested asked =
                BattleRequested.newBuilder(Records.request(id, "nobody:x"))
                        .setMessageLimit(99)
                        .build();

        send(Topics.BATTLE_REQUESTS, asked);

        BattleEnded ended = ended();
        assertThat(ended.getReason()).isEqualTo(EndReason.ERROR);
        assertThat(ended.getFailure().getFailureClass()).isEqualTo(FailureClass.REQUEST);
        assertThat(ended.getFailure().getDetail())
                .contains("messageLimit must be 1 to 25, not 99")
                .contains("model 'nobody:x' is not allowed or not known");
        assertThat(model.requests).isEmpty();
    }

    @Test
    void aBattleThatTakesTooLongEndsAsTimeout() {
        BattleRequested asked =
                BattleRequested.newBuilder(Records.request(id, "scripted:x"))
                        .setTimeoutSeconds(30)
                        .build();
        send(Topics.BATTLE_REQUESTS, asked);
        send(Topics.BATTLE_TURNS, playedTurn(1));

        driver.advanceWallClockTime(Duration.ofSeconds(29));
        assertThat(outcomes()).isEmpty();
        driver.advanceWallClockTime(Duration.ofSeconds(2));

        assertThat(ended().getReason()).isEqualTo(EndReason.TIMEOUT);
    }

    @Test
    void aRecordUnderAnotherKeyIsDeadLetteredWithTheCause() {
        driver.createInputTopic(
                        Topics.BATTLE_REQUESTS.name(),
                        new StringSerializer(),
                        SERDES.values(Topics.BATTLE_REQUESTS).serializer())
                .pipeInput("another-key", Records.request(id, "scripted:x"), Records.NOW);

        TestRecord<String, byte[]> dead = deadLetter(Topics.BATTLE_REQUESTS);
        assertThat(dead.key()).isEqualTo("another-key");
        assertThat(header(dead, "__streams.errors.message"))
                .isEqualTo("the record's key is not the battle's id");
        assertThat(
                        SERDES.values(Topics.BATTLE_REQUESTS)
                                .deserializer()
                                .deserialize("battle.requests", dead.value()))
                .isEqualTo(Records.request(id, "scripted:x"));
        assertThat(model.requests).isEmpty();
    }

    @Test
    void aTombstoneIsDeadLetteredForWhatItIs() {
        raw(Topics.BATTLE_TURNS, id, null);

        assertThat(header(deadLetter(Topics.BATTLE_TURNS), "__streams.errors.message"))
                .isEqualTo("the record has no value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my battle", "team/42", "line\nfeed", ""})
    void aRequestUnderNoUuidIsRefusedAndTheNextOneIsPlayed(String other) {
        sendAs(other, Topics.BATTLE_REQUESTS, Records.request(other, "scripted:x"));

        assertThat(ended().getFailure().getDetail()).contains("battleId must be a UUID");
        send(Topics.BATTLE_REQUESTS, Records.request(id, "scripted:x"));
        playedTurn(1);
    }

    @Test
    void whatBelongsToNoUuidIsDeadLettered() {
        sendAs("x", Topics.BATTLE_VERDICTS, Records.verdict("x", 1, Verdict.YES));
        sendAs("x", Topics.BATTLE_CANCELLATIONS, Records.cancel("x"));

        for (Topic<?> topic : List.of(Topics.BATTLE_VERDICTS, Topics.BATTLE_CANCELLATIONS)) {
            assertThat(header(deadLetter(topic), "__streams.errors.message"))
                    .isEqualTo("the battle's id is no UUID");
        }
    }

    @Test
    void anIdThatNoAnswerCanCarryIsDeadLettered() {
        String endless = "x".repeat(100_000);
        sendAs(endless, Topics.BATTLE_REQUESTS, Records.request(endless, "scripted:x"));

        assertThat(header(deadLetter(Topics.BATTLE_REQUESTS), "__streams.errors.message"))
                .isEqualTo("the battle's id is too long");
    }

    @Test
    void aBudgetThatCannotBeStoredIsRefused() {
        raw(
                Topics.BATTLE_REQUESTS,
                id,
                RawAvro.withDecimal(
                        Records.request(id, "scripted:x"),
                        "budgetUsd",
                        new BigDecimal("1000000000.000000000")));

        assertThat(ended().getFailure().getDetail()).contains("budgetUsd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000.000000000", "-0.000000001"})
    void aTurnThatCostsTheImpossibleIsDeadLettered(String cost) {
        raw(
                Topics.BATTLE_TURNS,
                id,
                RawAvro.withDecimal(turnOf(1, "said"), "costUsd", new BigDecimal(cost)));

        assertThat(header(deadLetter(Topics.BATTLE_TURNS), "__streams.errors.message"))
                .isEqualTo("what it used is negative or beyond all bounds");
    }

    @Test
    void costsBeyondAllBoundsSaturate() {
        send(Topics.BATTLE_REQUESTS, Records.request(id, "scripted:x"));
        for (int turn = 1; turn <= 2; turn++) {
            send(
                    Topics.BATTLE_TURNS,
                    TurnProduced.newBuilder(turnOf(turn, "said"))
                            .setCostUsd(new BigDecimal("999999999.000000000"))
                            .build());
            send(
                    Topics.BATTLE_VERDICTS,
                    Records.verdict(id, turn, turn == 1 ? Verdict.NO : Verdict.YES));
        }

        assertThat(ended().getAgentUsage().getCostUsd()).isEqualTo("999999999.999999999");
    }

    @Test
    void earlyMessagesLieOneByOneAndLeaveNothingBehind() {
        for (int turn = 1; turn <= 3; turn++) {
            send(Topics.BATTLE_TURNS, turnOf(turn, "x".repeat(500_000)));
        }
        StoredBattle stored = driver.<String, StoredBattle>getKeyValueStore("battles").get(id);
        assertThat(StoredFormats.of(StoredBattle.class).encode(stored)).hasSizeLessThan(1_000);

        send(Topics.BATTLE_REQUESTS, Records.request(id, "scripted:x"));
        send(Topics.BATTLE_VERDICTS, Records.verdict(id, 1, Verdict.YES));

        assertThat(ended().getMessageCount()).isEqualTo(1);
        try (var left = driver.getKeyValueStore("transcript").all()) {
            assertThat(left.hasNext()).isFalse();
        }
    }

    @Test
    void aTimeoutCarriesTheCorrelationOfItsRequest() {
        driver.createInputTopic(
                        Topics.BATTLE_REQUESTS.name(),
                        new StringSerializer(),
                        SERDES.values(Topics.BATTLE_REQUESTS).serializer())
                .pipeInput(
                        new TestRecord<>(
                                id,
                                Records.request(id, "scripted:x"),
                                Correlation.headers(Map.of("x-request-id", "r-7")),
                                Records.NOW));

        driver.advanceWallClockTime(Duration.ofHours(1));

        var outcome =
                driver.createOutputTopic(
                                Topics.BATTLE_OUTCOMES.name(),
                                new StringDeserializer(),
                                SERDES.values(Topics.BATTLE_OUTCOMES).deserializer())
                        .readRecord();
        assertThat(outcome.value().getReason()).isEqualTo(EndReason.TIMEOUT);
        assertThat(Correlation.of(outcome.headers())).containsEntry("x-request-id", "r-7");
    }

    @Test
    void markersAreForgottenOnlyAfterTheTurnsOfTheBattle() {
        send(Topics.BATTLE_REQUESTS, Records.request(id, "scripted:x"));
        playedTurn(1);
        send(Topics.BATTLE_CANCELLATIONS, Records.cancel(id));

        driver.advanceWallClockTime(Topics.HISTORY_RETENTION);
        assertThat(driver.<String, Long>getKeyValueStore("ended").get(id)).isNotNull();
        driver.advanceWallClockTime(Duration.ofDays(2));
        assertThat(driver.<String, Long>getKeyValueStore("ended").get(id)).isNull();
    }

    @Test
    void theTopologyKeepsItsShape() throws IOException {
        String shape = topology().describe().toString();

        try (var expected = getClass().getResourceAsStream("/battle-topology.txt")) {
            assertThat(expected).as("battle-topology.txt").isNotNull();
            assertThat(shape)
                    .as("a renamed store or source orphans its changelog: change it on purpose")
                    .isEqualTo(new String(expected.readAllBytes(), StandardCharsets.UTF_8));
        } catch (AssertionError e) {
            Files.writeString(Path.of("target", "battle-topology.txt"), shape);
            throw e;
        }
    }

    // ---- the world

    private Topology topology() {
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
                        Topics.REQUEST_RETENTION,
                        reference -> BattleRules.allows(List.of(), model, reference),
                        BattleRules::isReference,
                        BattleRules::isRegularExpression);
        BattleRules rules =
                new BattleRules(caps, "scripted:x", Topics.HISTORY_RETENTION.plusDays(1));
        return BattleTopology.of(
                SERDES,
                SERDES.values(Topics.BATTLE_OUTCOMES).serializer(),
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

    private <V extends SpecificRecord> void send(Topic<V> topic, V value) {
        sendAs(id, topic, value);
    }

    private <V extends SpecificRecord> void sendAs(String key, Topic<V> topic, V value) {
        driver.createInputTopic(
                        topic.name(), new StringSerializer(), SERDES.values(topic).serializer())
                .pipeInput(key, value, Records.NOW);
    }

    private void raw(Topic<?> topic, String key, byte @Nullable [] value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, Records.NOW);
    }

    private TestRecord<String, byte[]> deadLetter(Topic<?> topic) {
        return driver.createOutputTopic(
                        topic.deadLetterTopic(),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())
                .readRecord();
    }

    /** What the runner has published for the message, once it has. */
    private TurnProduced playedTurn(int seq) {
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

    private TurnProduced turnOf(int seq, String content) {
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

    private List<BattleEnded> outcomes() {
        return driver.createOutputTopic(
                        Topics.BATTLE_OUTCOMES.name(),
                        new StringDeserializer(),
                        SERDES.values(Topics.BATTLE_OUTCOMES).deserializer())
                .readValuesToList();
    }

    private BattleEnded ended() {
        List<BattleEnded> outcomes = outcomes();
        assertThat(outcomes).hasSize(1);
        return outcomes.getFirst();
    }

    private double dropped(String reason) {
        return registry.get("battle.inputs.dropped").tag("reason", reason).counter().count();
    }

    private static String header(TestRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    /** Answers at once and remembers what it was asked. */
    private static final class Model implements ChatModels {

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
