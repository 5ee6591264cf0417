package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.Opponent;
import dev.battlestream.events.Speaker;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.schemas.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The runner is killed while an opponent thinks: its call is the only one that is made again, and
 * the conversation goes on where it was.
 */
@Timeout(400)
class OpponentCrashTest {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String AGENT = "scripted:never";

    /** Takes a second at least, which is time enough to be killed in. */
    private static final String OPPONENT = "scripted:slow";

    private static final String JUDGE = "scripted:judge";

    /** The message that is being written at the kill: the opponent's second. */
    private static final int SEQ = 4;

    private final Platform platform = Platform.shared();

    private final String id = UUID.randomUUID().toString();

    @Test
    void killedAsTheOpponentBeginsOnlyItsCallIsMadeAgain() throws Exception {
        battleKilledAfter(Duration.ZERO);
    }

    @Test
    void killedAsTheOpponentThinksTheLostCallIsCountedAndTold() throws Exception {
        // By then the note of the call has been committed, five times over.
        BattleRecords battle = battleKilledAfter(Duration.ofMillis(500));

        assertThat(battle.messages())
                .extracting(TurnProduced::getAttempt)
                .containsExactly(1, 1, 1, 2, 1);
        BigDecimal lost = battle.messages().get(SEQ - 1).getUnsettledUsd();
        assertThat(lost).isPositive();
        assertThat(battle.outcome().getUnsettledUsd()).isEqualByComparingTo(lost);
    }

    /** A battle of three turns whose runner is killed so long after the opponent's second call. */
    private BattleRecords battleKilledAfter(Duration thinking) throws Exception {
        platform.with(ServiceKind.RUNNER, ServiceKind.JUDGE);
        ServiceProcess runner = platform.service(ServiceKind.RUNNER);
        try (BattleLog log = new BattleLog(platform.infra())) {
            long writtenBefore = platform.written(Topics.BATTLE_TURNS);
            log.request(request());
            await("the opponent's second call")
                    .atMost(LIMIT)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> calls(ServiceKind.RUNNER, OPPONENT) == 2);
            await().pollDelay(thinking).atMost(thinking.plusSeconds(10)).until(() -> true);
            runner.kill();
            assertThat(platform.written(Topics.BATTLE_TURNS) - writtenBefore)
                    .as("messages before the one that was in flight at the kill")
                    .isEqualTo(SEQ - 1);
            runner.start().awaitReady();

            BattleRecords battle = log.awaitEnd(id, LIMIT);

            assertWhole(battle);
            assertThat(calls(ServiceKind.RUNNER, AGENT)).as("calls of the agent").isEqualTo(3);
            assertThat(calls(ServiceKind.RUNNER, OPPONENT))
                    .as("calls of the opponent, one of them again")
                    .isEqualTo(2 + 1);
            assertThat(calls(ServiceKind.JUDGE, JUDGE)).as("calls of the judge").isEqualTo(3);
            return battle;
        }
    }

    private static void assertWhole(BattleRecords battle) {
        assertThat(battle.outcomes()).isEqualTo(1);
        assertThat(battle.outcome().getReason()).isEqualTo(EndReason.LIMIT);
        assertThat(battle.outcome().getMessageCount()).isEqualTo(5);
        assertThat(battle.outcome().getVerdictCount()).isEqualTo(3);
        assertThat(battle.turns()).as("records, repeated ones included").isEqualTo(5);
        assertThat(battle.messages())
                .extracting(TurnProduced::getSpeaker)
                .containsExactly(
                        Speaker.AGENT,
                        Speaker.OPPONENT,
                        Speaker.AGENT,
                        Speaker.OPPONENT,
                        Speaker.AGENT);
        assertThat(battle.messages())
                .extracting(TurnProduced::getTurn)
                .containsExactly(1, 1, 2, 2, 3);
        assertThat(battle.messages()).noneMatch(message -> message.getContent().isEmpty());
        assertThat(battle.verdicts()).extracting(VerdictIssued::getSeq).containsExactly(1, 3, 5);
    }

    private BattleRequested request() {
        return BattleRequested.newBuilder()
                .setBattleId(id)
                .setRequestedAt(Instant.now())
                .setModel(AGENT)
                .setOpponent(Opponent.newBuilder().setModel(OPPONENT).build())
                .setMessageLimit(3)
                // So that the worst case of a lost call has a bound.
                .setMaxTokensPerTurn(100)
                .setJudging(JudgingPolicy.newBuilder().setFast(new ModelJudge(JUDGE, "")).build())
                .build();
    }

    /** Calls of a model that were begun for the battle, by the service's own note of each. */
    private long calls(ServiceKind service, String model) throws IOException {
        Path file = platform.service(service).callLog();
        if (!Files.exists(file)) {
            return 0;
        }
        long calls = 0;
        for (String line : Files.readAllLines(file)) {
            // The last line may be half written, and judges call a conversation what they like.
            if (line.endsWith("}") && line.contains(id)) {
                JsonNode call = JSON.readTree(line);
                calls += call.path("model").asText().equals(model) ? 1 : 0;
            }
        }
        return calls;
    }
}
