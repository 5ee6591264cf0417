package dev.battlestream.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Verdict;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.schemas.EventSerdes;
import dev.battlestream.schemas.SerdeSettings;
import dev.battlestream.schemas.Topic;
import dev.battlestream.schemas.Topics;
import dev.battlestream.testkit.Infra;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;

/**
 * Hundreds of battles at once, some of them with a model that fails on the way: what their ends say
 * is what the messages and verdicts on the topics add up to, and no budget is exceeded.
 */
class MoneyTest {

    private static final Infra INFRA = Infra.shared();
    private static final int BATTLES = 200;
    private static final BigDecimal VERDICT = usd("0.000123457");

    @TempDir private Path folder;

    private final EventSerdes serdes =
            new EventSerdes(SerdeSettings.apicurio(INFRA.registryUrl(), true));
    private final Map<String, BigDecimal> budgets = new HashMap<>();
    private final Map<String, BigDecimal> agent = new HashMap<>();
    private final Map<String, BigDecimal> judge = new HashMap<>();
    private final Set<String> places = new HashSet<>();
    private final Map<String, BattleEnded> ended = new HashMap<>();

    @Test
    void whatBattlesCostIsTheSumOfTheirMessagesAndVerdictsAndWithinTheirBudgets() {
        try (var runner =
                        new SpringApplicationBuilder(RunnerApplication.class)
                                .run(
                                        "--battlestream.partitions=2",
                                        "--server.port=0",
                                        "--spring.kafka.bootstrap-servers="
                                                + INFRA.bootstrapServers(),
                                        "--battlestream.registry.url=" + INFRA.registryUrl(),
                                        "--battlestream.state-dir=" + folder.resolve("state"));
                KafkaProducer<String, byte[]> producer = producer();
                KafkaConsumer<String, byte[]> consumer = consumer()) {
            assertThat(runner.isActive()).isTrue();
            for (int i = 0; i < BATTLES; i++) {
                request(producer, i);
            }
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> {
                        consumer.poll(Duration.ofMillis(200))
                                .forEach(record -> read(record, producer));
                        return ended.size() == BATTLES;
                    });
        }

        ended.forEach((id, end) -> {
            BigDecimal agentUsd = agent.getOrDefault(id, usd("0"));
            BigDecimal judgeUsd = judge.getOrDefault(id, usd("0"));
            assertThat(end.getAgentUsage().getCostUsd()).isEqualByComparingTo(agentUsd);
            assertThat(end.getJudgeUsage().getCostUsd()).isEqualByComparingTo(judgeUsd);
            assertThat(end.getFastJudgeUsage().getCostUsd())
                    .isEqualByComparingTo(
                            judgeUsd.subtract(end.getStrongJudgeUsage().getCostUsd()));
            assertThat(agentUsd.add(judgeUsd)).isLessThanOrEqualTo(budgets.get(id));
        });
        assertThat(ended.values())
                .extracting(BattleEnded::getReason)
                .contains(EndReason.BUDGET, EndReason.LIMIT)
                .doesNotContain(EndReason.ERROR);
        assertThat(ended.values())
                .filteredOn(end -> end.getReason() == EndReason.BUDGET)
                .allSatisfy(end ->
                        assertThat(
                                        end.getNextCallUsd()
                                                .add(end.getAgentUsage().getCostUsd())
                                                .add(end.getJudgeUsage().getCostUsd()))
                                .isGreaterThan(budgets.get(end.getBattleId())));
    }

    private void request(KafkaProducer<String, byte[]> producer, int i) {
        String id = UUID.randomUUID().toString();
        BigDecimal budget = usd("0.0001").multiply(BigDecimal.valueOf(1 + i)).setScale(9);
        budgets.put(id, budget);
        send(
                producer,
                Topics.BATTLE_REQUESTS,
                id,
                BattleRequested.newBuilder()
                        .setBattleId(id)
                        .setRequestedAt(Instant.now())
                        .setModel(i % 4 == 0 ? "scripted:flaky" : "scripted:goal-at-4")
                        .setClientId("one")
                        .setMessageLimit(3)
                        .setMaxTokensPerTurn(50)
                        .setBudgetUsd(budget)
                        .build());
    }

    /** Each message is judged once, and no message counts twice. */
    private void read(ConsumerRecord<String, byte[]> record, KafkaProducer<String, byte[]> out) {
        String id = record.key();
        if (!budgets.containsKey(id)) {
            return;
        }
        if (record.topic().equals(Topics.BATTLE_OUTCOMES.name())) {
            ended.putIfAbsent(id, decoded(Topics.BATTLE_OUTCOMES, record));
            return;
        }
        TurnProduced turn = decoded(Topics.BATTLE_TURNS, record);
        if (!places.add(id + '/' + turn.getSeq())) {
            return;
        }
        agent.merge(id, turn.getCostUsd(), BigDecimal::add);
        BigDecimal cost = VERDICT.min(turn.getJudgingUsd());
        judge.merge(id, cost, BigDecimal::add);
        send(
                out,
                Topics.BATTLE_VERDICTS,
                id,
                VerdictIssued.newBuilder()
                        .setBattleId(id)
                        .setTurn(turn.getTurn())
                        .setSeq(turn.getSeq())
                        .setVerdict(Verdict.NO)
                        .setDecidedBy(JudgeStage.FAST)
                        .setCostUsd(cost)
                        .setIssuedAt(Instant.now())
                        .build());
    }

    private <V extends SpecificRecord> void send(
            KafkaProducer<String, byte[]> producer, Topic<V> topic, String id, V value) {
        byte[] bytes = serdes.values(topic).serializer().serialize(topic.name(), value);
        var _ = producer.send(new ProducerRecord<>(topic.name(), id, bytes));
    }

    private <V extends SpecificRecord> V decoded(
            Topic<V> topic, ConsumerRecord<String, byte[]> record) {
        return serdes.values(topic).deserializer().deserialize(topic.name(), record.value());
    }

    private static KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, INFRA.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static KafkaConsumer<String, byte[]> consumer() {
        KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                INFRA.bootstrapServers(),
                                ConsumerConfig.GROUP_ID_CONFIG,
                                "money",
                                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                                "read_committed",
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                                "earliest"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topics.BATTLE_TURNS.name(), Topics.BATTLE_OUTCOMES.name()));
        return consumer;
    }

    private static BigDecimal usd(String amount) {
        return new BigDecimal(amount).setScale(9);
    }
}
