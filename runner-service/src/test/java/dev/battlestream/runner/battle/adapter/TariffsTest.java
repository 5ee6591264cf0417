package dev.battlestream.runner.battle.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.Opponent;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.LlmSettings;
import dev.battlestream.llm.ModelPrice;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.adapter.ChatModelsFactory;
import dev.battlestream.runner.battle.Estimate;
import dev.battlestream.runner.battle.Speaker;
import dev.battlestream.runner.battle.Tariff;
import dev.battlestream.runner.battle.adapter.RunnerSettings.JudgingBound;
import dev.battlestream.runner.battle.adapter.stored.StoredMessage;
import dev.battlestream.schemas.EventSerdes;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tariff is never below the worst case of the very request that is sent. */
class TariffsTest {

    static {
        // Before the first record is built.
        EventSerdes.trustOwnRecords();
    }

    private static final String MODEL = "openai:agent";

    private final ChatModels models =
            ChatModelsFactory.create(
                    LlmSettings.defaults()
                            .withPrice(MODEL, price("0.15", "0.60"))
                            .withPrice("openai:opponent", price("3", "15"))
                            .withPrice("openai:judge", price("1", "2")));
    private final Tariffs tariffs = new Tariffs(models, new JudgingBound("openai:judge", "", 512));

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noCallIsDearerThanItsTariff(long seed) {
        Random random = new Random(seed);
        BattleRequested request = request(true);
        Tariff tariff = tariffs.of(request);
        List<StoredMessage> played = new ArrayList<>();
        long bytes = 0;
        for (int seq = 1; seq <= 20; seq++) {
            Speaker speaker = random.nextBoolean() ? Speaker.AGENT : Speaker.OPPONENT;
            String model = speaker == Speaker.AGENT ? MODEL : "openai:opponent";
            BigDecimal exact =
                    models.worstCaseCost(
                                    new ChatRequest(
                                            ModelReference.parse(model),
                                            Conversation.seenBy(speaker, request, played),
                                            request.getMaxTokensPerTurn(),
                                            null,
                                            "b"))
                            .orElseThrow();
            BigDecimal reserved =
                    (speaker == Speaker.AGENT ? tariff.agent() : tariff.opponent())
                            .worstCase(played.size(), bytes);
            assertThat(reserved).isGreaterThanOrEqualTo(exact);
            String said = "é".repeat(1 + random.nextInt(500));
            bytes += 2L * said.length();
            played.add(new StoredMessage(random.nextBoolean() ? "AGENT" : "OPPONENT", said));
        }
    }

    @Test
    void whatHasNoPriceCostsNothing() {
        Tariffs free = new Tariffs(models, new JudgingBound("openai:unpriced", "", 512));
        BattleRequested request =
                BattleRequested.newBuilder(request(false)).setModel("openai:unpriced").build();

        assertThat(free.of(request).judgingUsd()).isEqualByComparingTo(BigDecimal.ZERO);
        assertThat(free.estimate(request).totalUsd()).isEqualByComparingTo(BigDecimal.ZERO);
    }

    @Test
    void bothJudgesAreReckonedWith() {
        Estimate estimate = tariffs.estimate(request(false));

        assertThat(estimate.fastJudgeUsd()).isPositive().isEqualTo(estimate.strongJudgeUsd());
        assertThat(estimate.fastJudgeUsd().add(estimate.strongJudgeUsd()))
                .isEqualByComparingTo(
                        tariffs.of(request(false))
                                .judgingUsd()
                                .multiply(BigDecimal.valueOf(request(false).getMessageLimit())));
    }

    private static BattleRequested request(boolean opponent) {
        return BattleRequested.newBuilder()
                .setBattleId("0198f3c2-6f0a-7c55-9a55-0d6c2f1e7b11")
                .setRequestedAt(Instant.EPOCH)
                .setModel(MODEL)
                .setSystemPrompt("Be brief.")
                .setGoal("Reach it.")
                .setMaxTokensPerTurn(200)
                .setOpponent(
                        opponent
                                ? Opponent.newBuilder()
                                        .setModel("openai:opponent")
                                        .setSystemPrompt("Be angry.")
                                        .build()
                                : null)
                .build();
    }

    private static ModelPrice price(String in, String out) {
        return ModelPrice.of(new BigDecimal(in), new BigDecimal(out));
    }
}
