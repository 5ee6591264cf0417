package dev.battlestream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.DeltaKind;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.JudgeStage;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.Opponent;
import dev.battlestream.events.Speaker;
import dev.battlestream.events.TurnDelta;
import dev.battlestream.events.TurnProduced;
import dev.battlestream.events.Usage;
import dev.battlestream.events.Verdict;
import dev.battlestream.events.VerdictIssued;
import dev.battlestream.testkit.NodeProgram;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A whole battle of models behind aimock, an OpenAI-compatible server that shares no code with this
 * project: agent, opponent and judge, all streamed.
 */
@Timeout(400)
@EnabledIf("dev.battlestream.testkit.NodeProgram#canRun")
class OpenAiBattleTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int CALLS = 9;

    private final Platform platform = Platform.shared();

    private final String id = UUID.randomUUID().toString();

    @Test
    void aBattleOfServedModelsIsPlayedStreamedJudgedAndPaid() throws Exception {
        platform.with(ServiceKind.RUNNER, ServiceKind.JUDGE);
        try (NodeProgram server = NodeProgram.start("openai-server.mjs", serverEnvironment());
                BattleLog log = new BattleLog(platform.infra())) {
            URI address = URI.create(server.readLine());
            log.request(request());

            BattleRecords battle = log.awaitEnd(id, LIMIT);

            assertMessages(battle.messages());
            assertVerdicts(battle.verdicts());
            assertOutcome(battle.outcome());
            assertThat(battle.outcomes()).isEqualTo(1);
            assertStreamed(battle);
            assertCalls(journal(address));
        }
    }

    private BattleRequested request() {
        return BattleRequested.newBuilder()
                .setBattleId(id)
                .setRequestedAt(Instant.now())
                .setModel(Platform.pricedModel())
                .setSystemPrompt("You are the support of a shop.")
                .setGoal("The customer's parcel is found.")
                .setOpponent(
                        Opponent.newBuilder()
                                .setModel("openai:opponent-model")
                                .setSystemPrompt("You are a customer.")
                                .build())
                .setJudging(
                        JudgingPolicy.newBuilder()
                                .setValidators(List.of())
                                .setFast(
                                        ModelJudge.newBuilder()
                                                .setModel("openai:judge-model")
                                                .build())
                                .build())
                .build();
    }

    private static void assertMessages(List<TurnProduced> messages) {
        assertThat(messages)
                .extracting(TurnProduced::getSpeaker)
                .containsExactly(
                        Speaker.AGENT,
                        Speaker.OPPONENT,
                        Speaker.AGENT,
                        Speaker.OPPONENT,
                        Speaker.AGENT);
        assertThat(messages)
                .extracting(TurnProduced::getContent)
                .containsExactly(
                        "Good morning, I am looking for your parcel. Which street do you live in?",
                        "In Mill Lane.",
                        "The driver has left it with your neighbour at number 12.",
                        "And when do I get it?",
                        "The parcel is found: your neighbour will bring it over tonight.");
        assertThat(messages).extracting(TurnProduced::getTurn).containsExactly(1, 1, 2, 2, 3);
        assertThat(messages)
                .extracting(TurnProduced::getTokensIn)
                .containsExactly(100, 50, 101, 51, 102);
        assertThat(messages)
                .extracting(TurnProduced::getTokensOut)
                .containsExactly(10, 5, 11, 6, 12);
        assertThat(messages).extracting(TurnProduced::getCalls).containsOnly(1);
        assertThat(messages.getFirst().getModel()).isEqualTo(Platform.pricedModel());
        // 100 tokens at 2.50 and 10 at 10.00 US dollars for a million.
        assertThat(messages.getFirst().getCostUsd()).isEqualByComparingTo("0.00035");
    }

    private static void assertVerdicts(List<VerdictIssued> verdicts) {
        assertThat(verdicts)
                .extracting(VerdictIssued::getVerdict)
                .containsExactly(Verdict.NO, Verdict.NO, Verdict.YES);
        assertThat(verdicts).extracting(VerdictIssued::getSeq).containsExactly(1, 3, 5);
        assertThat(verdicts)
                .extracting(VerdictIssued::getDecidedBy)
                .containsExactly(JudgeStage.FAST, JudgeStage.FAST, JudgeStage.STRONG);
        assertThat(verdicts).extracting(VerdictIssued::getTokensIn).containsExactly(201, 201, 400);
        assertThat(verdicts.getLast().getReason()).isEqualTo("The parcel has been found.");
        assertThat(verdicts.getLast().getConfidence())
                // Two of 0.8 by the same model, the second of which counts half.
                .isEqualTo(1 - 0.2 * Math.sqrt(0.2), within(1e-9));
        assertThat(verdicts.getLast().getModel()).isEqualTo("openai:judge-model");
    }

    private static void assertOutcome(BattleEnded outcome) {
        assertThat(outcome.getReason()).isEqualTo(EndReason.GOAL);
        assertThat(outcome.getTurns()).isEqualTo(3);
        assertThat(outcome.getMessageCount()).isEqualTo(5);
        assertThat(outcome.getVerdictCount()).isEqualTo(3);
        assertUsage(outcome.getAgentUsage(), 3, 303, 33, "0.0010875");
        assertUsage(outcome.getOpponentUsage(), 2, 101, 11, "0");
        assertUsage(outcome.getJudgeUsage(), 4, 802, 82, "0");
    }

    private static void assertUsage(Usage usage, int calls, long in, long out, String costUsd) {
        assertThat(usage.getCalls()).isEqualTo(calls);
        assertThat(usage.getTokensIn()).isEqualTo(in);
        assertThat(usage.getTokensOut()).isEqualTo(out);
        assertThat(usage.getCostUsd()).isEqualByComparingTo(costUsd);
    }

    /**
     * The pieces came while the messages were being written. Some may be lost, most likely the very
     * first of a fresh runner; of the last message all are there.
     */
    private static void assertStreamed(BattleRecords battle) {
        for (TurnProduced message : battle.messages()) {
            List<TurnDelta> deltas = battle.deltas(message.getSeq());
            assertThat(deltas)
                    .isNotEmpty()
                    .extracting(TurnDelta::getKind)
                    .containsOnly(DeltaKind.TEXT);
            assertThat(deltas).extracting(TurnDelta::getIndex).isSorted();
            assertThat(deltas)
                    .extracting(TurnDelta::getText)
                    .allSatisfy(text -> assertThat(message.getContent()).contains(text));
            assertThat(deltas.getFirst().getAt()).isBeforeOrEqualTo(message.getProducedAt());
        }
        TurnProduced last = battle.messages().getLast();
        assertThat(battle.deltas(last.getSeq()))
                .hasSizeGreaterThan(1)
                .extracting(TurnDelta::getText)
                .satisfies(
                        texts -> assertThat(String.join("", texts)).isEqualTo(last.getContent()));
    }

    /** What the server itself wrote down of the calls. */
    private static void assertCalls(JsonNode journal) {
        assertThat(journal).hasSize(CALLS);
        for (JsonNode call : journal) {
            assertThat(call.path("path").asText()).isEqualTo("/v1/chat/completions");
            assertThat(call.path("body").path("stream").asBoolean()).isTrue();
            assertThat(call.path("response").path("status").asInt()).isEqualTo(200);
        }
    }

    private static JsonNode journal(URI server) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest question =
                    HttpRequest.newBuilder(server.resolve("/__aimock/journal")).build();
            return new ObjectMapper().readTree(http.send(question, BodyHandlers.ofString()).body());
        }
    }

    private Map<String, String> serverEnvironment() {
        return Map.of("OPENAI_PORT", Integer.toString(platform.openAiPort()));
    }
}
