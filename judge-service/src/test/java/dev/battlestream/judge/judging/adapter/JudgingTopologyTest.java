package dev.battlestream.judge.judging.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.effects.EffectEngine;
import dev.battlestream.effects.EffectSettings;
import dev.battlestream.effects.EffectStreams;
import dev.battlestream.effects.ResultLog;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.ValidatorType;
import dev.battlestream.events.Verdict;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.judge.judging.Docket;
import dev.battlestream.judge.judging.ModelRules;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.ModelReference;
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
import java.time.Instant;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgingTopologyTest {

    private static final EventSerdes SERDES = new EventSerdes(PlainAvro.settings());
    private static final Duration RETENTION = Duration.ofDays(30);

    private final String battle = UUID.randomUUID().toString();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MockProducer<byte[], byte[]> producer =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final FakeChat chat = new FakeChat();

    private TopologyTestDriver driver;
    private EffectEngine<PendingTurn, JudgeCall> engine;

    @BeforeEach
    void start(@TempDir Path state) {
        JudgingMeters meters = new JudgingMeters(registry);
        JudgeModels models =
                new JudgeModels(
                        chat,
                        new ModelRules(new ModelReference("scripted", "judge"), Set.of()),
                        512,
                        null);
        engine =
                EffectEngine.over(
                        new VerdictEffect(
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

    @AfterEach
    void stop() {
        driver.close();
        engine.close();
    }

    @Test
    void aTurnIsJudgedAndItsVerdictEndsTheEffect() {
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "Hello"));

        VerdictIssued verdict = verdict(1);

        assertThat(verdict.getBattleId()).isEqualTo(battle);
        assertThat(verdict.getTurn()).isEqualTo(1);
        assertThat(verdict.getSeq()).isEqualTo(1);
        assertThat(verdict.getAttempt()).isEqualTo(1);
        assertThat(verdict.getVerdict()).isEqualTo(Verdict.NO);
        assertThat(verdict.getDecidedBy()).isEqualTo(JudgeStage.FAST);
        assertThat(verdict.getConfidence()).isEqualTo(0.8);
        assertThat(verdict.getCriteriaApplied()).containsExactly("fast:goal");
        assertThat(verdict.getReason()).isEqualTo("Not yet.");
        assertThat(verdict.getModel()).isEqualTo("scripted:judge");
        assertThat(verdict.getTokensIn()).isEqualTo(120);
        assertThat(verdict.getTokensOut()).isEqualTo(30);
        assertThat(verdict.getCostUsd()).isEqualTo(new BigDecimal("0.000012346"));
        assertThat(verdict.getStages().getFirst().getCalls()).isEqualTo(2);
        assertThat(verdict.getIssuedAt()).isEqualTo(Records.NOW);
        assertThat(verdict.getFailure()).isNull();
        assertThat(pending()).isEqualTo(1);

        send(Topics.BATTLE_VERDICTS, verdict);

        assertThat(pending()).isZero();
        assertThat(docket()).isEqualTo(new Docket.Open(1, 1, 1, Records.NOW));
    }

    @Test
    void theModelIsAskedForTheVeryTextUnderTheBattlesName() {
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "Hello"));
        verdict(1);

        assertThat(chat.requests())
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.conversation()).isEqualTo(battle);
                    assertThat(request.messages().getLast().content()).isEqualTo("Hello");
                    assertThat(request.maxTokens()).isEqualTo(512);
                });
    }

    @Test
    void aRepeatedTurnIsJudgedOnce() {
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "Hello"));
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "Hello again"));
        send(Topics.BATTLE_VERDICTS, verdict(1));
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "And again"));

        judgedNothingMoreThan(1);
        assertThat(dropped("repeated-turn")).isEqualTo(2);
    }

    @Test
    void aVerdictThatArrivesBeforeItsTurnSparesTheCall() {
        send(Topics.BATTLE_VERDICTS, Records.verdict(battle, 1));
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "Hello"));

        judgedNothingMoreThan(0);
        assertThat(docket()).isEqualTo(new Docket.Open(1, 1, 1, Records.NOW));
    }

    @Test
    void opponentsAndFailedMessagesAreNotJudged() {
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "Hello"));
        send(Topics.BATTLE_VERDICTS, verdict(1));
        send(Topics.BATTLE_TURNS, Records.opponent(battle, 2, 1));
        send(Topics.BATTLE_TURNS, Records.failed(battle, 3));

        judgedNothingMoreThan(1);
        assertThat(docket()).isEqualTo(new Docket.Closed(3, 1, 1, Records.NOW));
    }

    @Test
    void aVerdictThatDoesNotFollowEndsNoOtherJudging() {
        chat.answers(_ -> {
            await().until(() -> dropped("verdict-out-of-order") == 1);
            return FakeChat.reply("yes");
        });
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "Hello"));
        send(Topics.BATTLE_VERDICTS, Records.verdict(battle, 2));

        assertThat(verdict(1).getVerdict()).isEqualTo(Verdict.YES);
        assertThat(pending()).isEqualTo(1);
    }

    @Test
    void theHeadersOfTheTurnTravelToTheVerdict() {
        Headers headers =
                new RecordHeaders()
                        .add(
                                "traceparent",
                                bytes("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
                        .add("x-request-id", bytes("r-17"))
                        .add("x-other", bytes("left behind"));
        send(Topics.BATTLE_TURNS, battle, Records.turn(battle, 1, "Hello"), headers, Records.NOW);
        verdict(1);

        Headers sent = producer.history().getFirst().headers();
        assertThat(text(sent, "traceparent"))
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(text(sent, "x-request-id")).isEqualTo("r-17");
        assertThat(sent.lastHeader("x-other")).isNull();
    }

    @Test
    void aValidatorThatMatchesSparesTheModel() {
        send(
                Topics.BATTLE_TURNS,
                Records.turn(
                        battle,
                        1,
                        "Order 4711",
                        "",
                        Records.validator(ValidatorType.EQUALS, "done"),
                        Records.validator(ValidatorType.REGEX, "Order \\d+")));

        VerdictIssued verdict = verdict(1);

        assertThat(verdict.getVerdict()).isEqualTo(Verdict.YES);
        assertThat(verdict.getDecidedBy()).isEqualTo(JudgeStage.VALIDATOR);
        assertThat(verdict.getConfidence()).isEqualTo(1.0);
        assertThat(verdict.getCriteriaApplied())
                .containsExactly("validator:equals", "validator:regex");
        assertThat(verdict.getModel()).isNull();
        assertThat(chat.requests()).isEmpty();
    }

    @Test
    void aModelThatStaysSilentIsAFailureOfTheJudge() {
        chat.answers(_ -> {
            throw new ModelException(
                    ModelException.Kind.OVERLOADED, "It is overloaded.", null, 4, null);
        });
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "Hello"));

        VerdictIssued verdict = verdict(1);

        assertThat(verdict.getVerdict()).isEqualTo(Verdict.UNCERTAIN);
        assertThat(verdict.getFailure().getFailureClass()).isEqualTo(FailureClass.JUDGE);
        assertThat(verdict.getFailure().getDetail()).contains("It is overloaded.");
        assertThat(verdict.getStages().getFirst().getCalls()).isEqualTo(4);
    }

    @Test
    void aModelThatNobodyHasIsTheRequestsFault() {
        chat.answers(_ -> {
            throw new ModelException(
                    ModelException.Kind.UNKNOWN_MODEL, "No such model.", null, 0, null);
        });
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "Hello", "scripted:typo"));

        assertThat(verdict(1).getFailure().getFailureClass()).isEqualTo(FailureClass.REQUEST);
    }

    @Test
    void aJudgeThatBreaksDownSaysSoOnTheLogWithoutContents() {
        chat.answers(request -> {
            throw new IllegalStateException(request.messages().getLast().content());
        });
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "a secret"));

        VerdictIssued verdict = verdict(1);

        assertThat(verdict.getFailure().getFailureClass()).isEqualTo(FailureClass.PLATFORM);
        assertThat(verdict.toString()).doesNotContain("a secret");
    }

    @Test
    void aTurnOlderThanTheRetentionIsNotJudged() {
        send(
                Topics.BATTLE_TURNS,
                battle,
                Records.turn(battle, 1, "Hello"),
                new RecordHeaders(),
                Records.NOW.minus(RETENTION).minusSeconds(1));

        judgedNothingMoreThan(0);
        assertThat(dropped("stale-turn")).isEqualTo(1);
    }

    @Test
    void recordsThatSpeakOfAnotherBattleThanTheirKeyAreDropped() {
        send(
                Topics.BATTLE_TURNS,
                "another",
                Records.turn(battle, 1, "Hello"),
                new RecordHeaders(),
                Records.NOW);
        send(
                Topics.BATTLE_VERDICTS,
                "another",
                Records.verdict(battle, 1),
                new RecordHeaders(),
                Records.NOW);

        judgedNothingMoreThan(0);
        assertThat(dropped("miskeyed")).isEqualTo(2);
    }

    @Test
    void aTurnTooLargeToBeKeptIsDropped() {
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "ü".repeat(500_001)));

        judgedNothingMoreThan(0);
        assertThat(dropped("oversized-turn")).isEqualTo(1);
    }

    @Test
    void battlesAreForgottenADayAfterTheRetentionAFewAtATime() {
        int battles = 2 * DocketSweep.BATTLES_PER_STEP + 1;
        for (int i = 0; i < battles; i++) {
            dockets().put("battle-" + i, new Docket.Open(4, 4, 4, Records.NOW));
        }
        dockets().put("young", new Docket.Open(1, 1, 1, Records.NOW.plus(Duration.ofDays(20))));

        driver.advanceWallClockTime(RETENTION.plus(DocketSweep.SLACK));
        assertThat(count()).isEqualTo(battles + 1);
        driver.advanceWallClockTime(DocketSweep.INTERVAL);
        assertThat(count()).isEqualTo(battles + 1 - DocketSweep.BATTLES_PER_STEP);
        for (int i = 0; i < 3; i++) {
            driver.advanceWallClockTime(DocketSweep.INTERVAL);
        }

        assertThat(count()).isEqualTo(1);
        assertThat(dockets().get("young")).isNotNull();
        assertThat(registry.counter("judge.battles.forgotten").count()).isEqualTo(battles);
    }

    @Test
    void aReplayAfterTheRetentionJudgesNothing() {
        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "Hello"));
        send(Topics.BATTLE_VERDICTS, verdict(1));
        driver.advanceWallClockTime(RETENTION.plus(Duration.ofDays(2)));
        driver.advanceWallClockTime(DocketSweep.INTERVAL);
        assertThat(dockets().get(battle)).isNull();

        send(Topics.BATTLE_TURNS, Records.turn(battle, 1, "Hello"));
        send(Topics.BATTLE_VERDICTS, Records.verdict(battle, 1));

        judgedNothingMoreThan(1);
        assertThat(dropped("stale-turn")).isEqualTo(1);
        assertThat(dropped("stale-verdict")).isEqualTo(1);
        assertThat(dockets().get(battle)).isNull();
    }

    @Test
    void theShapeOfTheTopologyIsTheOneThatWasReleased() throws IOException {
        String shape = topology(new JudgingMeters(registry)).describe().toString().strip();

        assertThat(shape)
                .as("a renamed node or store orphans its changelog: change topology.txt on purpose")
                .isEqualTo(Files.readString(Path.of("src/test/resources/topology.txt")).strip());
    }

    private Topology topology(JudgingMeters meters) {
        return JudgingTopology.of(
                engine,
                SERDES.values(Topics.BATTLE_TURNS).deserializer(),
                SERDES.values(Topics.BATTLE_VERDICTS).deserializer(),
                RETENTION,
                meters);
    }

    private static Properties properties(Path state) {
        Properties properties =
                EffectStreams.properties("battlestream-judge", "test", "unused:1", state);
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        return properties;
    }

    private void send(Topic<?> topic, SpecificRecord value) {
        send(topic, battle, value, new RecordHeaders(), Records.NOW);
    }

    @SuppressWarnings("unchecked") // the topic says what its records are
    private void send(
            Topic<?> topic, String key, SpecificRecord value, Headers headers, Instant at) {
        Topic<SpecificRecord> any = (Topic<SpecificRecord>) topic;
        driver.createInputTopic(
                        topic.name(), new StringSerializer(), SERDES.values(any).serializer())
                .pipeInput(new TestRecord<>(key, value, headers, at));
    }

    /** The verdict that was published as the n-th. */
    private VerdictIssued verdict(int nth) {
        await().until(() -> producer.history().size() >= nth);
        ProducerRecord<byte[], byte[]> sent = producer.history().get(nth - 1);
        assertThat(sent.topic()).isEqualTo("battle.verdicts");
        assertThat(new String(sent.key(), StandardCharsets.UTF_8)).isEqualTo(battle);
        return SERDES.values(Topics.BATTLE_VERDICTS)
                .deserializer()
                .deserialize(sent.topic(), sent.value());
    }

    /** What is sent afterwards is judged: so nothing before it still is. */
    private void judgedNothingMoreThan(int calls) {
        String last = UUID.randomUUID().toString();
        TurnProduced turn = Records.turn(last, 1, "The last one");
        Instant now = Records.NOW.plus(Duration.ofDays(60));
        int before = producer.history().size();
        send(Topics.BATTLE_TURNS, last, turn, new RecordHeaders(), now);
        await().until(() -> producer.history().size() > before);
        assertThat(chat.requests()).hasSize(calls + 1);
        assertThat(producer.history()).hasSize(calls + 1);
    }

    private double dropped(String reason) {
        return registry.counter("judge.records.dropped", "reason", reason).count();
    }

    private Docket docket() {
        return dockets().get(battle);
    }

    private KeyValueStore<String, Docket> dockets() {
        return driver.getKeyValueStore(JudgingProcessor.DOCKETS);
    }

    private int count() {
        int count = 0;
        try (KeyValueIterator<String, Docket> all = dockets().all()) {
            for (; all.hasNext(); all.next()) {
                count++;
            }
        }
        return count;
    }

    private int pending() {
        int count = 0;
        KeyValueStore<String, byte[]> store = driver.getKeyValueStore("verdict-pending");
        try (KeyValueIterator<String, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<String, byte[]> next = all.next();
                assertThat(next.key).startsWith(battle);
                count++;
            }
        }
        return count;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
