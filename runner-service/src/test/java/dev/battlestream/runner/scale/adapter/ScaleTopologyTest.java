package dev.battlestream.runner.scale.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.CancelReason;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.RunEndReason;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunCancelRequested;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.events.Usage;
import dev.battlestream.events.Variant;
import dev.battlestream.policy.MemberIds;
import dev.battlestream.runner.battle.Fault;
import dev.battlestream.runner.battle.adapter.DeadLetterValues;
import dev.battlestream.runner.battle.adapter.RawAvro;
import dev.battlestream.runner.scale.RunCaps;
import dev.battlestream.schemas.Correlation;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.LogRetention;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.PlainAvro;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTopologyTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final EventSerdes SERDES = new EventSerdes(PlainAvro.settings());
    private static final BigDecimal NOTHING = new BigDecimal("0.000000000");

    @TempDir private Path state;

    private final String runId = UUID.randomUUID().toString();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Optional<Fault> battleFault = Optional.empty();
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        RunMeters meters = new RunMeters(registry);
        RunCaps caps =
                new RunCaps(10, 3, Duration.ofDays(7), 50, 200, LogRetention.DEFAULT.requests());
        DeadLetterValues values =
                (topic, value) ->
                        SERDES.values(Topics.SCALE_MEMBERS)
                                .serializer()
                                .serialize(topic, (RunMemberChanged) value);
        Topology topology = new Topology();
        new ScaleTopology(
                        SERDES,
                        () ->
                                new ScaleProcessor(
                                        caps,
                                        LogRetention.DEFAULT.markers(),
                                        _ -> battleFault,
                                        meters,
                                        values))
                .addTo(topology);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(topology, properties, NOW);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void membersAreAskedForWithIdsThatFollowFromTheRunsAndTheNextWhenOneEnds() {
        ask(run -> run.setRunCount(4).setConcurrency(2).setClientId("client"));

        List<BattleRequested> first = read(Topics.BATTLE_REQUESTS);
        assertThat(first)
                .extracting(BattleRequested::getBattleId)
                .containsExactly(member(1), member(2));
        assertThat(first)
                .allSatisfy(battle -> {
                    assertThat(battle.getRunId()).isEqualTo(runId);
                    assertThat(battle.getClientId()).isEqualTo("client");
                    assertThat(battle.getGoal()).isEqualTo("the goal");
                });
        assertThat(read(Topics.SCALE_MEMBERS))
                .extracting(RunMemberChanged::getIndex)
                .containsExactly(1, 2);

        end(2, EndReason.GOAL);

        assertThat(read(Topics.BATTLE_REQUESTS))
                .extracting(BattleRequested::getBattleId)
                .containsExactly(member(3));
    }

    @Test
    void theOutcomeAddsUpWhatTheMembersSay() {
        ask(run -> run.setRunCount(3).setConcurrency(3).setClientId("client"));
        end(1, EndReason.GOAL);
        end(3, EndReason.LIMIT);
        end(3, EndReason.LIMIT);

        assertThat(read(Topics.SCALE_OUTCOMES)).isEmpty();
        end(2, EndReason.GOAL);

        ScaleRunEnded ended = read(Topics.SCALE_OUTCOMES).getFirst();
        assertThat(ended.getReason()).isEqualTo(RunEndReason.COMPLETED);
        assertThat(ended.getRunCount()).isEqualTo(3);
        assertThat(ended.getLaunched()).isEqualTo(3);
        assertThat(ended.getGoals()).isEqualTo(2);
        assertThat(ended.getCostUsd()).isEqualByComparingTo("0.18");
        assertThat(ended.getUnsettledUsd()).isEqualByComparingTo("0.003");
        assertThat(ended.getClientId()).isEqualTo("client");
        assertThat(
                        registry.get("run.inputs.dropped")
                                .tag("reason", "no-running-member")
                                .counter()
                                .count())
                .isEqualTo(1);
    }

    @Test
    void aRunThatIsAskedForAgainStartsNothing() {
        ask(run -> run.setRunCount(1));
        end(1, EndReason.GOAL);
        read(Topics.BATTLE_REQUESTS);
        read(Topics.SCALE_OUTCOMES);

        ask(run -> run.setRunCount(1));

        assertThat(read(Topics.BATTLE_REQUESTS)).isEmpty();
        assertThat(read(Topics.SCALE_OUTCOMES)).isEmpty();
    }

    @Test
    void variantsAreTakenInTurnAndSeedsCountOn() {
        ask(run ->
                run.setRunCount(3)
                        .setConcurrency(3)
                        .setSeed(40L)
                        .setVariants(
                                List.of(
                                        Variant.newBuilder()
                                                .setName("small")
                                                .setModel("scripted:never")
                                                .setSystemPrompt("Be brief.")
                                                .setTemperature(0.5)
                                                .build(),
                                        Variant.newBuilder().setName("plain").build())));

        List<BattleRequested> members = read(Topics.BATTLE_REQUESTS);
        assertThat(members)
                .extracting(BattleRequested::getModel)
                .containsExactly("scripted:never", "scripted:goal-at-4", "scripted:never");
        assertThat(members)
                .extracting(BattleRequested::getSystemPrompt)
                .containsExactly("Be brief.", "", "Be brief.");
        assertThat(members)
                .extracting(BattleRequested::getTemperature)
                .containsExactly(0.5, null, 0.5);
        assertThat(members).extracting(BattleRequested::getSeed).containsExactly(40L, 41L, 42L);
    }

    @Test
    void theBudgetIsHandedOutInSlices() {
        ask(run -> run.setRunCount(4).setConcurrency(1).setBudgetUsd(usd("1.00")));
        end(1, EndReason.GOAL);

        // 0.06 was paid and 0.001 may be on the bill.
        assertThat(read(Topics.BATTLE_REQUESTS))
                .extracting(BattleRequested::getBudgetUsd)
                .containsExactly(usd("0.25"), usd("0.313"));
    }

    @Test
    void aRefusedRunIsToldWhy() {
        battleFault = Optional.of(new Fault(Fault.Blame.REQUEST, "model 'x' is not allowed"));

        ask(run -> run.setRunCount(11).setConcurrency(4));

        ScaleRunEnded ended = read(Topics.SCALE_OUTCOMES).getFirst();
        assertThat(ended.getReason()).isEqualTo(RunEndReason.ERROR);
        assertThat(ended.getFailure().getFailureClass()).isEqualTo(FailureClass.REQUEST);
        assertThat(ended.getFailure().getDetail())
                .contains(
                        "runCount must be 1 to 10", "concurrency must be 1 to 3", "battle: model");
        assertThat(read(Topics.BATTLE_REQUESTS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"budgetUsd", "battle.budgetUsd"})
    void anAmountThatCanBeReadButNotWrittenIsRefused(String field) {
        BigDecimal beyond = new BigDecimal("5000000000.000000000");
        byte[] bytes = RawAvro.withDecimal(requested(run -> run.setRunCount(2)), field, beyond);

        driver.createInputTopic(
                        Topics.SCALE_REQUESTS.name(),
                        new StringSerializer(),
                        new ByteArraySerializer())
                .pipeInput(runId, bytes, NOW);

        ScaleRunEnded ended = read(Topics.SCALE_OUTCOMES).getFirst();
        assertThat(ended.getReason()).isEqualTo(RunEndReason.ERROR);
        assertThat(ended.getFailure().getDetail()).contains("cannot be written again");
    }

    @Test
    void aRequestThatGrowsWhenItIsWrittenAgainIsRefused() {
        ask(run -> run.setRunCount(1).setClientId("€".repeat(320_000)));

        ScaleRunEnded ended = read(Topics.SCALE_OUTCOMES).getFirst();
        assertThat(ended.getReason()).isEqualTo(RunEndReason.ERROR);
        assertThat(ended.getClientId()).isNull();
    }

    @Test
    void aCancelledMemberThatNeverEndsDoesNotKeepTheRun() {
        ask(run -> run.setRunCount(1));
        send(Topics.SCALE_CANCELLATIONS, runId, new ScaleRunCancelRequested(runId, null, NOW));

        driver.advanceWallClockTime(Duration.ofMinutes(61));

        assertThat(read(Topics.SCALE_OUTCOMES).getFirst().getReason())
                .isEqualTo(RunEndReason.MANUAL);
    }

    @Test
    void aCancelledRunCancelsItsRunningMembers() {
        ask(run -> run.setRunCount(5).setConcurrency(2));

        send(Topics.SCALE_CANCELLATIONS, runId, new ScaleRunCancelRequested(runId, null, NOW));

        assertThat(read(Topics.BATTLE_CANCELLATIONS))
                .extracting(BattleCancelRequested::getBattleId)
                .containsExactly(member(1), member(2));
        end(1, EndReason.MANUAL);
        end(2, EndReason.MANUAL);
        ScaleRunEnded ended = read(Topics.SCALE_OUTCOMES).getFirst();
        assertThat(ended.getReason()).isEqualTo(RunEndReason.MANUAL);
        assertThat(ended.getLaunched()).isEqualTo(2);
        assertThat(read(Topics.BATTLE_REQUESTS)).hasSize(2);
    }

    @Test
    void aRunThatTakesTooLongCancelsItsMembersAsTimeout() {
        ask(run -> run.setRunCount(5).setConcurrency(1).setTimeoutSeconds(60));

        driver.advanceWallClockTime(Duration.ofSeconds(61));

        assertThat(read(Topics.BATTLE_CANCELLATIONS))
                .extracting(BattleCancelRequested::getReason)
                .containsExactly(CancelReason.TIMEOUT);
        end(1, EndReason.TIMEOUT);
        assertThat(read(Topics.SCALE_OUTCOMES).getFirst().getReason())
                .isEqualTo(RunEndReason.TIMEOUT);
    }

    @Test
    void aMemberThatIsNoneOfTheRunsIsDeadLettered() {
        ask(run -> run.setRunCount(2).setConcurrency(2));

        send(
                Topics.SCALE_MEMBERS,
                runId,
                new RunMemberChanged(runId, 1, member(2), NOW, outcome(2, EndReason.GOAL)));

        var letter =
                driver.createOutputTopic(
                                Topics.SCALE_MEMBERS.deadLetterTopic(),
                                new StringDeserializer(),
                                new ByteArrayDeserializer())
                        .readRecord();
        assertThat(letter.key()).isEqualTo(runId);
        assertThat(registry.get("run.inputs.dead.lettered").counter().count()).isEqualTo(1);
        end(1, EndReason.GOAL);
        assertThat(read(Topics.SCALE_OUTCOMES)).isEmpty();
    }

    @Test
    void whatFollowsCarriesTheCorrelationOfTheRequest() {
        driver.createInputTopic(
                        Topics.SCALE_REQUESTS.name(),
                        new StringSerializer(),
                        SERDES.values(Topics.SCALE_REQUESTS).serializer())
                .pipeInput(
                        new TestRecord<>(
                                runId,
                                requested(run -> run.setRunCount(1)),
                                new Correlation("", "r-7").headers(),
                                NOW));

        TestRecord<String, BattleRequested> member =
                driver.createOutputTopic(
                                Topics.BATTLE_REQUESTS.name(),
                                new StringDeserializer(),
                                SERDES.values(Topics.BATTLE_REQUESTS).deserializer())
                        .readRecord();
        assertThat(Correlation.of(member.headers()).requestId()).isEqualTo("r-7");
    }

    // ---- words

    private void ask(UnaryOperator<ScaleRunRequested.Builder> run) {
        send(Topics.SCALE_REQUESTS, runId, requested(run));
    }

    private ScaleRunRequested requested(UnaryOperator<ScaleRunRequested.Builder> run) {
        return run.apply(
                        ScaleRunRequested.newBuilder()
                                .setRunId(runId)
                                .setRequestedAt(NOW)
                                .setBattle(
                                        BattleRequested.newBuilder()
                                                .setBattleId("")
                                                .setRequestedAt(NOW)
                                                .setModel("scripted:goal-at-4")
                                                .setGoal("the goal")
                                                .build()))
                .build();
    }

    private void end(int index, EndReason reason) {
        send(
                Topics.SCALE_MEMBERS,
                runId,
                new RunMemberChanged(runId, index, member(index), NOW, outcome(index, reason)));
    }

    private BattleEnded outcome(int index, EndReason reason) {
        return BattleEnded.newBuilder()
                .setBattleId(member(index))
                .setReason(reason)
                .setAgentUsage(usage("0.03"))
                .setOpponentUsage(usage("0.02"))
                .setJudgeUsage(usage("0.01"))
                .setUnsettledUsd(usd("0.001"))
                .setStartedAt(NOW)
                .setEndedAt(NOW)
                .setRunId(runId)
                .build();
    }

    private static Usage usage(String costUsd) {
        return Usage.newBuilder().setCalls(1).setCostUsd(usd(costUsd)).build();
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount).add(NOTHING);
    }

    private String member(int index) {
        return MemberIds.of(UUID.fromString(runId), index).toString();
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, String key, V value) {
        driver.createInputTopic(
                        topic.name(), new StringSerializer(), SERDES.values(topic).serializer())
                .pipeInput(key, value, NOW);
    }

    private <V extends SpecificRecord> List<V> read(Topic<V> topic) {
        return driver.createOutputTopic(
                        topic.name(), new StringDeserializer(), SERDES.values(topic).deserializer())
                .readValuesToList();
    }
}
