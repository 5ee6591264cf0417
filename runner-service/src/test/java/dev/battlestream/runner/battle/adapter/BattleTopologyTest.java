package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.Opponent;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Verdict;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.Role;
import dev.battlestream.schemas.Correlation;
import dev.battlestream.schemas.Topics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How battles are played, from the request to the outcome. */
final class BattleTopologyTest {

    private BattleRig rig;

    @BeforeEach
    void start(@TempDir Path state) {
        rig = new BattleRig(state);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void aBattleIsPlayedUntilTheJudgeSaysYes() {
        rig.send(Topics.BATTLE_REQUESTS, Records.request(rig.id, "scripted:x"));
        TurnProduced first = rig.playedTurn(1);
        rig.send(Topics.BATTLE_TURNS, first);
        rig.send(Topics.BATTLE_VERDICTS, Records.verdict(rig.id, 1, Verdict.NO));
        TurnProduced second = rig.playedTurn(2);
        rig.send(Topics.BATTLE_TURNS, second);
        rig.send(Topics.BATTLE_VERDICTS, Records.verdict(rig.id, 2, Verdict.YES));

        assertThat(first.getContent()).isEqualTo("reply 1");
        assertThat(first.getGoal()).isEqualTo("reach it");
        assertThat(second.getTurn()).isEqualTo(2);
        BattleEnded ended = rig.ended();
        assertThat(ended.getReason()).isEqualTo(EndReason.GOAL);
        assertThat(ended.getMessageCount()).isEqualTo(2);
        assertThat(ended.getVerdictCount()).isEqualTo(2);
        assertThat(ended.getAgentUsage().getTokensOut()).isEqualTo(14);
        assertThat(ended.getAgentUsage().getCostUsd()).isEqualByComparingTo("0.002");
    }

    @Test
    void theModelSeesWhatWasSaidBefore() {
        rig.send(Topics.BATTLE_REQUESTS, Records.request(rig.id, "scripted:x"));
        rig.send(Topics.BATTLE_TURNS, rig.playedTurn(1));
        rig.send(Topics.BATTLE_VERDICTS, Records.verdict(rig.id, 1, Verdict.NO));
        rig.playedTurn(2);

        assertThat(rig.model.requests.getLast().messages())
                .extracting(message -> message.role() + ": " + message.content())
                .containsExactly(
                        Role.SYSTEM + ": Your goal: reach it",
                        Role.USER + ": Begin.",
                        Role.ASSISTANT + ": reply 1",
                        Role.USER + ": Continue.");
    }

    @Test
    void everyCallIsMadeWithTheSeedOfTheRequest() {
        long seed = -9_007_199_254_740_993L;
        rig.send(
                Topics.BATTLE_REQUESTS,
                BattleRequested.newBuilder(Records.request(rig.id, "scripted:x"))
                        .setSeed(seed)
                        .setOpponent(Opponent.newBuilder().setModel("scripted:y").build())
                        .build());
        rig.send(Topics.BATTLE_TURNS, rig.playedTurn(1));
        rig.send(Topics.BATTLE_VERDICTS, Records.verdict(rig.id, 1, Verdict.NO));
        rig.playedTurn(2);

        assertThat(rig.model.requests)
                .extracting(asked -> asked.model().toString(), ChatRequest::seed)
                .containsExactly(tuple("scripted:x", seed), tuple("scripted:y", seed));
    }

    @Test
    void aBattleThatTakesTooLongEndsAsTimeout() {
        BattleRequested asked =
                BattleRequested.newBuilder(Records.request(rig.id, "scripted:x"))
                        .setTimeoutSeconds(30)
                        .build();
        rig.send(Topics.BATTLE_REQUESTS, asked);
        rig.send(Topics.BATTLE_TURNS, rig.playedTurn(1));

        rig.driver.advanceWallClockTime(Duration.ofSeconds(29));
        assertThat(rig.outcomes()).isEmpty();
        rig.driver.advanceWallClockTime(Duration.ofSeconds(2));

        assertThat(rig.ended().getReason()).isEqualTo(EndReason.TIMEOUT);
    }

    @Test
    void costsBeyondAllBoundsSaturate() {
        rig.send(Topics.BATTLE_REQUESTS, Records.request(rig.id, "scripted:x"));
        for (int turn = 1; turn <= 2; turn++) {
            rig.send(
                    Topics.BATTLE_TURNS,
                    TurnProduced.newBuilder(rig.turnOf(turn, "said"))
                            .setCostUsd(new BigDecimal("999999999.000000000"))
                            .build());
            rig.send(
                    Topics.BATTLE_VERDICTS,
                    Records.verdict(rig.id, turn, turn == 1 ? Verdict.NO : Verdict.YES));
        }

        assertThat(rig.ended().getAgentUsage().getCostUsd()).isEqualTo("999999999.999999999");
    }

    @Test
    void aTimeoutCarriesTheCorrelationOfItsRequest() {
        rig.driver
                .createInputTopic(
                        Topics.BATTLE_REQUESTS.name(),
                        new StringSerializer(),
                        BattleRig.SERDES.values(Topics.BATTLE_REQUESTS).serializer())
                .pipeInput(
                        new TestRecord<>(
                                rig.id,
                                Records.request(rig.id, "scripted:x"),
                                new Correlation("", "r-7").headers(),
                                Records.NOW));

        rig.driver.advanceWallClockTime(Duration.ofHours(1));

        var outcome =
                rig.driver
                        .createOutputTopic(
                                Topics.BATTLE_OUTCOMES.name(),
                                new StringDeserializer(),
                                BattleRig.SERDES.values(Topics.BATTLE_OUTCOMES).deserializer())
                        .readRecord();
        assertThat(outcome.value().getReason()).isEqualTo(EndReason.TIMEOUT);
        assertThat(Correlation.of(outcome.headers()).requestId()).isEqualTo("r-7");
    }

    @Test
    void theTopologyKeepsItsShape() throws IOException {
        String shape = rig.topology().describe().toString();

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
}
