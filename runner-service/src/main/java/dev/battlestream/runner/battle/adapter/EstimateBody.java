package dev.battlestream.runner.battle.adapter;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.JudgingPolicy;
import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.OpeningMessage;
import dev.battlestream.events.OpeningRole;
import dev.battlestream.events.Opponent;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of a start request that a battle's cost depends on; others are not read. */
@JsonIgnoreProperties(ignoreUnknown = true)
record EstimateBody(
        @Nullable String model,
        @Nullable String systemPrompt,
        @Nullable String goal,
        @Nullable List<Said> opening,
        @Nullable Answering opponent,
        @Nullable Integer messageLimit,
        @Nullable Integer maxTokensPerTurn,
        @Nullable BigDecimal budgetUsd,
        @Nullable Judge judge) {

    /** A message that is there already. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Said(@Nullable String content) {}

    /** The opponent. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Answering(@Nullable String model, @Nullable String systemPrompt) {}

    /** Who judges. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Judge(@Nullable Judging fast, @Nullable Judging strong) {}

    /** A model that judges. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Judging(@Nullable String model, @Nullable String rubric) {}

    BattleRequested request(int defaultMessageLimit) {
        return BattleRequested.newBuilder()
                .setBattleId(UUID.randomUUID().toString())
                .setRequestedAt(Instant.EPOCH)
                .setModel(orEmpty(model))
                .setSystemPrompt(orEmpty(systemPrompt))
                .setGoal(orEmpty(goal))
                .setOpening(
                        opening == null
                                ? List.of()
                                : opening.stream()
                                        .map(said ->
                                                new OpeningMessage(
                                                        OpeningRole.USER, orEmpty(said.content())))
                                        .toList())
                .setOpponent(
                        opponent == null
                                ? null
                                : Opponent.newBuilder()
                                        .setModel(orEmpty(opponent.model()))
                                        .setSystemPrompt(orEmpty(opponent.systemPrompt()))
                                        .build())
                .setMessageLimit(messageLimit == null ? defaultMessageLimit : messageLimit)
                .setMaxTokensPerTurn(maxTokensPerTurn)
                .setBudgetUsd(budgetUsd == null ? null : budgetUsd.setScale(9, RoundingMode.FLOOR))
                .setJudging(
                        JudgingPolicy.newBuilder()
                                .setFast(judge == null ? null : judge(judge.fast()))
                                .setStrong(judge == null ? null : judge(judge.strong()))
                                .build())
                .build();
    }

    private static @Nullable ModelJudge judge(@Nullable Judging judging) {
        return judging == null
                ? null
                : new ModelJudge(orEmpty(judging.model()), orEmpty(judging.rubric()));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
