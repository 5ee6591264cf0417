package dev.battlestream.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Verdict;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.llm.adapter.CallLog;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.SerdeSettings;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole runner on a real broker and registry; the test is the judge. */
final class RunnerServiceTest {

    private static final Infra INFRA = Infra.shared();

    @TempDir private static Path folder;
    private static EventSerdes serdes;
    private static KafkaProducer<String, byte[]> producer;
    private static KafkaConsumer<String, byte[]> consumer;
    private static ConfigurableApplicationContext runner;

    private final String id = UUID.randomUUID().toString();
    private final List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();

    @BeforeAll
    static void start() {
        serdes = new EventSerdes(SerdeSettings.apicurio(INFRA.registryUrl(), true));
        runner = startRunner();
        producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, INFRA.bootstrapServers()),
                        new StringSerializer(),
                        new ByteArraySerializer());
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                INFRA.bootstrapServers(),
                                ConsumerConfig.GROUP_ID_CONFIG,
                                "test",
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        consumer.subscribe(
                List.of(
                        Topics.BATTLE_TURNS.name(),
                        Topics.BATTLE_OUTCOMES.name(),
                        Topics.BATTLE_REQUESTS.deadLetterTopic()));
    }

    @AfterAll
    static void stop() {
        runner.close();
        consumer.close();
        producer.close();
    }

    @Test
    void playsABattleToItsGoal() throws IOException {
        send(Topics.BATTLE_REQUESTS, request("scripted:goal-at-4").build());
        for (int turn = 1; turn <= 4; turn++) {
            TurnProduced played = turn(turn);
            boolean goal = played.getContent().contains("GOAL-REACHED");
            assertThat(goal).isEqualTo(turn == 4);
            send(Topics.BATTLE_VERDICTS, verdict(turn, goal ? Verdict.YES : Verdict.NO));
        }

        BattleEnded ended = outcome();

        assertThat(ended.getReason()).isEqualTo(EndReason.GOAL);
        assertThat(ended.getTurns()).isEqualTo(4);
        assertThat(ended.getAgentUsage().getCostUsd()).isPositive();
        assertThat(calls()).isEqualTo(4);
    }

    @Test
    void aCallThatDoesNotFitIntoTheBudgetIsNotMade() throws IOException {
        send(
                Topics.BATTLE_REQUESTS,
                request("scripted:goal-at-4").setBudgetUsd(usd("0.000000001")).build());

        BattleEnded ended = outcome();

        assertThat(ended.getReason()).isEqualTo(EndReason.BUDGET);
        assertThat(ended.getNextCallUsd()).isGreaterThan(usd("0.000000001"));
        assertThat(ended.getMessageCount()).isZero();
        assertThat(calls()).isZero();
    }

    @Test
    void theMessagesOfABattleCostNeverMoreThanItsBudget() throws IOException {
        BigDecimal budget = usd("0.05");
        send(
                Topics.BATTLE_REQUESTS,
                request("scripted:goal-at-4")
                        .setBudgetUsd(budget)
                        .setMaxTokensPerTurn(100)
                        .setMessageLimit(1)
                        .build());
        TurnProduced played = turn(1);
        assertThat(played.getBudgetLeftUsd()).isEqualTo(budget.subtract(played.getCostUsd()));
        assertThat(played.getJudgingUsd()).isPositive().isLessThan(played.getBudgetLeftUsd());
        send(Topics.BATTLE_VERDICTS, verdict(1, Verdict.NO));

        assertThat(outcome().getAgentUsage().getCostUsd()).isEqualTo(played.getCostUsd());
    }

    @Test
    void anEstimateStartsNothing() throws Exception {
        HttpResponse<String> answer =
                estimate(
                        """
                        {"model":"scripted:goal-at-4","messageLimit":2,"labels":{"a":"b"},
                         "opponent":{"systemPrompt":"Be angry.","stopWords":["bye"]},
                         "judge":{"validators":[],"fast":{"model":"scripted:judge"}}}
                        """);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"worstCaseUsd\"", "\"messageLimit\":2", "\"maxTokensPerTurn\":4096")
                .doesNotContain("\"agent\":\"0\"", "\"fastJudge\":\"0\"");
        assertThat(calls()).isZero();
    }

    @Test
    void anEstimateOfWhatIsNotAllowedIsRefused() throws Exception {
        assertThat(estimate("{\"model\":\"nobody:x\"}").statusCode()).isEqualTo(400);
        assertThat(estimate("{\"messageLimit\":26}").statusCode()).isEqualTo(400);
    }

    private static HttpResponse<String> estimate(String body) throws Exception {
        String port = runner.getEnvironment().getRequiredProperty("local.server.port");
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(
                                    URI.create("http://127.0.0.1:" + port + "/internal/estimate"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount).setScale(9);
    }

    @Test
    void aProviderThatFailsTwiceRecovers() {
        send(Topics.BATTLE_REQUESTS, request("scripted:flaky").setMessageLimit(2).build());
        turn(1);
        send(Topics.BATTLE_VERDICTS, verdict(1, Verdict.NO));

        assertThat(turn(2).getCalls()).isEqualTo(3);
        send(Topics.BATTLE_VERDICTS, verdict(2, Verdict.NO));
        assertThat(outcome().getReason()).isEqualTo(EndReason.LIMIT);
    }

    @Test
    void aProviderThatFailsForGoodEndsTheBattle() {
        send(Topics.BATTLE_REQUESTS, request("scripted:broken").build());

        BattleEnded ended = outcome();

        assertThat(ended.getReason()).isEqualTo(EndReason.ERROR);
        assertThat(ended.getFailure().getFailureClass()).isEqualTo(FailureClass.PROVIDER);
        assertThat(ended.getMessageCount()).isZero();
    }

    @Test
    void bytesThatAreNoRequestAreDeadLetteredAndCostNothingElse() {
        byte[] noise = "no request".getBytes(StandardCharsets.UTF_8);
        var _ = producer.send(new ProducerRecord<>(Topics.BATTLE_REQUESTS.name(), id, noise));

        ConsumerRecord<String, byte[]> dead =
                next(Topics.BATTLE_REQUESTS.deadLetterTopic(), record -> true);

        assertThat(dead.value()).isEqualTo(noise);
        assertThat(dead.headers().lastHeader("__streams.errors.message")).isNotNull();
        send(Topics.BATTLE_REQUESTS, request("scripted:broken").build());
        assertThat(outcome().getReason()).isEqualTo(EndReason.ERROR);
    }

    @Test
    void aRestartInTheMiddleGoesOnWithTheSameTurn() throws IOException {
        send(Topics.BATTLE_REQUESTS, request("scripted:never").setMessageLimit(3).build());
        turn(1);
        runner.close();
        send(Topics.BATTLE_VERDICTS, verdict(1, Verdict.NO));
        runner = startRunner();
        turn(2);
        send(Topics.BATTLE_VERDICTS, verdict(2, Verdict.NO));
        turn(3);
        send(Topics.BATTLE_VERDICTS, verdict(3, Verdict.NO));

        assertThat(outcome().getReason()).isEqualTo(EndReason.LIMIT);
        assertThat(calls()).isEqualTo(3);
    }

    @Test
    void anotherNumberOfPartitionsStopsTheStartAndLeavesTheTopicsAlone() {
        assertThatThrownBy(() -> startRunner(3, folder.resolve("other")).close())
                .hasStackTraceContaining("partitions, but BATTLESTREAM_PARTITIONS is 3");

        assertThat(producer.partitionsFor(Topics.BATTLE_TURNS.name())).hasSize(2);
    }

    // ---- the world

    private static ConfigurableApplicationContext startRunner() {
        return startRunner(2, folder.resolve("state"));
    }

    private static ConfigurableApplicationContext startRunner(int partitions, Path state) {
        return new SpringApplicationBuilder(RunnerApplication.class)
                .run(
                        "--battlestream.partitions=" + partitions,
                        "--server.port=0",
                        "--spring.kafka.bootstrap-servers=" + INFRA.bootstrapServers(),
                        "--battlestream.registry.url=" + INFRA.registryUrl(),
                        "--battlestream.state-dir=" + state,
                        "--battlestream.llm.scripted.call-log=" + callLog());
    }

    private static Path callLog() {
        return folder.resolve("calls.jsonl");
    }

    private int calls() throws IOException {
        return CallLog.read(callLog()).count(id);
    }

    private BattleRequested.Builder request(String model) {
        return BattleRequested.newBuilder()
                .setBattleId(id)
                .setRequestedAt(Instant.now())
                .setModel(model);
    }

    private VerdictIssued verdict(int turn, Verdict verdict) {
        return VerdictIssued.newBuilder()
                .setBattleId(id)
                .setTurn(turn)
                .setSeq(turn)
                .setVerdict(verdict)
                .setDecidedBy(JudgeStage.FAST)
                .setCostUsd(BigDecimal.ZERO.setScale(9))
                .setIssuedAt(Instant.now())
                .build();
    }

    private <V extends SpecificRecord> void send(Topic<V> topic, V value) {
        byte[] bytes = serdes.values(topic).serializer().serialize(topic.name(), value);
        var _ = producer.send(new ProducerRecord<>(topic.name(), id, bytes));
    }

    private TurnProduced turn(int seq) {
        return decoded(
                Topics.BATTLE_TURNS,
                next(
                        Topics.BATTLE_TURNS.name(),
                        record -> decoded(Topics.BATTLE_TURNS, record).getSeq() == seq));
    }

    private BattleEnded outcome() {
        return decoded(Topics.BATTLE_OUTCOMES, next(Topics.BATTLE_OUTCOMES.name(), record -> true));
    }

    private static <V extends SpecificRecord> V decoded(
            Topic<V> topic, ConsumerRecord<String, byte[]> record) {
        return serdes.values(topic).deserializer().deserialize(topic.name(), record.value());
    }

    /** The first record of this battle on the topic that fits. */
    private ConsumerRecord<String, byte[]> next(
            String topic, java.util.function.Predicate<ConsumerRecord<String, byte[]>> fits) {
        return await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .until(
                        () -> {
                            consumer.poll(Duration.ofMillis(200)).forEach(seen::add);
                            return seen.stream()
                                    .filter(record -> record.topic().equals(topic))
                                    .filter(record -> id.equals(record.key()))
                                    .filter(fits)
                                    .findFirst();
                        },
                        java.util.Optional::isPresent)
                .orElseThrow();
    }
}
