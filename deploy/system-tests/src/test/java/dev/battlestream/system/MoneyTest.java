package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.Opponent;
import dev.battlestream.events.Speaker;
import dev.battlestream.events.StageVerdict;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the gateway says a battle has cost is what its turns and verdicts on the log add up to. */
@Timeout(400)
class MoneyTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Of each kind. */
    private static final int BATTLES = 5;

    /** In US dollars for a token, by the shipped playbooks: agents and opponents, then judges. */
    private static final BigDecimal PLAYER_IN = new BigDecimal("0.00000015");

    private static final BigDecimal PLAYER_OUT = new BigDecimal("0.00000060");
    private static final BigDecimal JUDGE_IN = new BigDecimal("0.00000005");
    private static final BigDecimal JUDGE_OUT = new BigDecimal("0.00000020");

    /** Who plays and who judges; the fast judge's yes is confirmed by the strong one. */
    private record Kind(
            String agent, @Nullable String opponent, String fastJudge, String strongJudge) {}

    private static final List<Kind> KINDS =
            List.of(
                    new Kind("scripted:goal-at-4", null, "scripted:judge", "scripted:judge"),
                    new Kind("scripted:goal-at-4", null, "scripted:judge", "scripted:unsure"),
                    new Kind("scripted:flaky", null, "scripted:judge", "scripted:judge"),
                    new Kind("scripted:never", null, "scripted:unsure", "scripted:judge"),
                    new Kind(
                            "scripted:goal-at-4",
                            "scripted:never",
                            "scripted:judge",
                            "scripted:judge"),
                    new Kind(
                            "scripted:flaky",
                            "scripted:flaky",
                            "scripted:judge",
                            "scripted:judge"));

    private final Platform platform = Platform.shared();

    @Test
    void theCostOfABattleIsTheSumOfItsTurnsAndVerdicts() throws Exception {
        platform.with(
                ServiceKind.RUNNER, ServiceKind.JUDGE, ServiceKind.REPORT, ServiceKind.GATEWAY);
        Map<String, Kind> battles = new LinkedHashMap<>();
        List<BattleRecords> records = new ArrayList<>();
        try (BattleLog log = new BattleLog(platform.infra());
                Gateway gateway = new Gateway(platform.service(ServiceKind.GATEWAY))) {
            for (Kind kind : KINDS) {
                for (int i = 0; i < BATTLES; i++) {
                    battles.put(asked(log, kind), kind);
                }
            }
            for (String battle : battles.keySet()) {
                BattleRecords played = log.awaitEnd(battle, LIMIT);
                assertPaid(ended(gateway, battle), played);
                records.add(played);
            }
        }
        assertThat(records)
                .as("nothing is compared with nothing")
                .allSatisfy(MoneyTest::assertDear);
        assertThat(battles.values()).hasSameSizeAs(records);
        assertThat(records.stream().filter(MoneyTest::wasRetried)).hasSize(2 * BATTLES);
        assertThat(records.stream().filter(battle -> !sides(battle, Speaker.OPPONENT).isEmpty()))
                .hasSize(2 * BATTLES);
    }

    private static String asked(BattleLog log, Kind kind) throws InterruptedException {
        String battle = UUID.randomUUID().toString();
        log.request(
                BattleRequested.newBuilder()
                        .setBattleId(battle)
                        .setRequestedAt(Instant.now())
                        .setModel(kind.agent())
                        .setGoal("The customer is content.")
                        .setMessageLimit(5)
                        .setOpponent(
                                kind.opponent() == null
                                        ? null
                                        : Opponent.newBuilder().setModel(kind.opponent()).build())
                        .setJudging(
                                JudgingPolicy.newBuilder()
                                        .setFast(new ModelJudge(kind.fastJudge(), ""))
                                        .setStrong(new ModelJudge(kind.strongJudge(), ""))
                                        .build())
                        .build());
        return battle;
    }

    /** The status once the gateway has seen the end of the battle, which tells of all before it. */
    private static JsonNode ended(Gateway gateway, String battle) {
        return await("the gateway's end of " + battle)
                .atMost(LIMIT)
                .ignoreExceptionsMatching(AssertionError.class::isInstance)
                .until(() -> gateway.status(battle), status -> status.has("endedAt"));
    }

    private static void assertPaid(JsonNode status, BattleRecords battle) {
        BigDecimal agent = sum(sides(battle, Speaker.AGENT), TurnProduced::getCostUsd);
        BigDecimal opponent = sum(sides(battle, Speaker.OPPONENT), TurnProduced::getCostUsd);
        BigDecimal judge = sum(verdicts(battle), VerdictIssued::getCostUsd);
        JsonNode usage = status.path("usage");
        assertThat(usd(usage)).isEqualByComparingTo(agent.add(opponent).add(judge));
        JsonNode roles = usage.path("byRole");
        assertThat(usd(roles.path("agent"))).isEqualByComparingTo(agent);
        assertThat(usd(roles.path("opponent"))).isEqualByComparingTo(opponent);
        assertThat(usd(roles.path("judge"))).isEqualByComparingTo(judge);
        assertThat(usd(roles.path("fastJudge")))
                .isEqualByComparingTo(
                        sum(stages(battle, JudgeStage.FAST), StageVerdict::getCostUsd));
        assertThat(usd(roles.path("strongJudge")))
                .isEqualByComparingTo(
                        sum(stages(battle, JudgeStage.STRONG), StageVerdict::getCostUsd));
        assertThat(usd(roles.path("fastJudge")).add(usd(roles.path("strongJudge"))))
                .isEqualByComparingTo(judge);
        // What may be on the bill beside it is told beside it.
        assertThat(new BigDecimal(status.path("unsettledUsd").asText("0")))
                .isEqualByComparingTo(
                        sum(turns(battle), turn -> orZero(turn.getUnsettledUsd()))
                                .add(
                                        sum(
                                                verdicts(battle),
                                                verdict -> orZero(verdict.getUnsettledUsd()))));
    }

    /** Every message and verdict costs what its tokens cost, and that is not nothing. */
    private static void assertDear(BattleRecords battle) {
        assertThat(turns(battle))
                .isNotEmpty()
                .allSatisfy(turn ->
                        assertThat(turn.getCostUsd())
                                .isPositive()
                                .isEqualByComparingTo(
                                        price(
                                                turn.getTokensIn(),
                                                PLAYER_IN,
                                                turn.getTokensOut(),
                                                PLAYER_OUT)));
        assertThat(verdicts(battle))
                .isNotEmpty()
                .allSatisfy(verdict ->
                        assertThat(verdict.getCostUsd())
                                .isPositive()
                                .isEqualByComparingTo(
                                        price(
                                                verdict.getTokensIn(),
                                                JUDGE_IN,
                                                verdict.getTokensOut(),
                                                JUDGE_OUT)));
    }

    /** A message took more than one call, and one that broke off may be on the bill. */
    private static boolean wasRetried(BattleRecords battle) {
        return turns(battle).stream()
                .anyMatch(turn -> turn.getCalls() > 1 && turn.getUnsettledUsd() != null);
    }

    /** Those that belong to the battle: a call that is repeated may be recorded after its end. */
    private static List<TurnProduced> turns(BattleRecords battle) {
        return battle.messages().subList(0, battle.outcome().getMessageCount());
    }

    private static List<TurnProduced> sides(BattleRecords battle, Speaker speaker) {
        return turns(battle).stream().filter(turn -> turn.getSpeaker() == speaker).toList();
    }

    private static List<VerdictIssued> verdicts(BattleRecords battle) {
        return battle.verdicts().subList(0, battle.outcome().getVerdictCount());
    }

    private static List<StageVerdict> stages(BattleRecords battle, JudgeStage stage) {
        return verdicts(battle).stream()
                .flatMap(verdict -> verdict.getStages().stream())
                .filter(said -> said.getStage() == stage)
                .toList();
    }

    private static <T> BigDecimal sum(List<T> all, Function<T, BigDecimal> cost) {
        return all.stream().map(cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal price(long in, BigDecimal inUsd, long out, BigDecimal outUsd) {
        return inUsd.multiply(BigDecimal.valueOf(in)).add(outUsd.multiply(BigDecimal.valueOf(out)));
    }

    private static BigDecimal usd(JsonNode usage) {
        return new BigDecimal(usage.path("costUsd").asText());
    }

    private static BigDecimal orZero(@Nullable BigDecimal usd) {
        return usd == null ? BigDecimal.ZERO : usd;
    }
}
