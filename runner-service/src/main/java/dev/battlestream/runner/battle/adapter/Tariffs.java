package dev.battlestream.runner.battle.adapter;

import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.ModelJudge;
import dev.battlestream.events.Opponent;
import dev.battlestream.llm.ChatMessage;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelReference;
import dev.battlestream.llm.PromptBound;
import dev.battlestream.llm.Role;
import dev.battlestream.runner.battle.CallPrice;
import dev.battlestream.runner.battle.Estimate;
import dev.battlestream.runner.battle.Speaker;
import dev.battlestream.runner.battle.Tariff;
import dev.battlestream.runner.battle.adapter.RunnerSettings.JudgingBound;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a battle cost at most, by the price list of the models. Judging is bounded by
 * what the runner is told about the judge; the judge itself keeps to what a turn leaves for it.
 *
 * @param judging how the judge asks where a request does not say it
 */
record Tariffs(ChatModels models, JudgingBound judging) {

    /** Decimals that are kept of a price; what lies beyond is rounded up. */
    static final int SCALE = 18;

    /** Bytes by which the slope of a price is measured. */
    private static final int PROBE = 100_000;

    /** A prompt such as "Continue." that may stand between two messages, in tokens. */
    private static final int PROMPT_TOKENS = PromptBound.TOKENS_PER_MESSAGE + 9;

    /** Bytes granted to a token of a message that is to be judged; English has four. */
    private static final int BYTES_PER_TOKEN = 8;

    /** Bytes granted to what stands around the goal, the rubric and the message. */
    private static final int JUDGE_PROMPT_BYTES = 6_000;

    /** Bytes granted to an unusable answer and the request for another one. */
    private static final int REPAIR_BYTES = 10_000;

    /**
     * The tariff of a battle that keeps all rules.
     *
     * @param request with the runner's defaults in it
     */
    Tariff of(BattleRequested request) {
        Opponent opponent = request.getOpponent();
        Judging judging = judging(request);
        return new Tariff(
                call(Speaker.AGENT, request.getModel(), request),
                opponent == null
                        ? CallPrice.FREE
                        : call(Speaker.OPPONENT, opponent.getModel(), request),
                rounded(judging.fastUsd().add(judging.strongUsd())));
    }

    private CallPrice call(Speaker speaker, String name, BattleRequested request) {
        ModelReference model = ModelReference.parse(name);
        Integer maxTokens = request.getMaxTokensPerTurn();
        BigDecimal least = worstCase(model, 1, maxTokens);
        if (least.signum() == 0) {
            return CallPrice.FREE;
        }
        BigDecimal base =
                worstCase(model, Conversation.seenBy(speaker, request, List.of()), maxTokens);
        BigDecimal perByte =
                rounded(
                        worstCase(model, 1 + PROBE, maxTokens)
                                .subtract(least)
                                .divide(BigDecimal.valueOf(PROBE), SCALE, RoundingMode.CEILING));
        int perMessage = PromptBound.TOKENS_PER_MESSAGE + PROMPT_TOKENS;
        return new CallPrice(
                rounded(base), perByte.multiply(BigDecimal.valueOf(perMessage)), perByte);
    }

    /**
     * What the battle costs at most if it is played to its limit.
     *
     * @param request with the runner's defaults and a bound on its messages in it
     */
    Estimate estimate(BattleRequested request) {
        Judging judging = judging(request);
        return Estimate.of(
                of(request),
                judging.fastUsd(),
                judging.strongUsd(),
                request.getMessageLimit(),
                request.getOpponent() != null,
                messageBytes(request));
    }

    /** What judging a turn costs at most. */
    private record Judging(BigDecimal fastUsd, BigDecimal strongUsd) {}

    private Judging judging(BattleRequested request) {
        ModelJudge fast = request.getJudging().getFast();
        ModelJudge strong = request.getJudging().getStrong();
        String fastModel = named(fast, judging.defaultModel());
        String strongModel =
                named(strong, judging.strongModel().isBlank() ? fastModel : judging.strongModel());
        int rubric = Math.max(rubric(fast), rubric(strong));
        int bytes = JUDGE_PROMPT_BYTES + bytes(request.getGoal()) + rubric + messageBytes(request);
        return new Judging(stage(fastModel, bytes), stage(strongModel, bytes));
    }

    private static int messageBytes(BattleRequested request) {
        Integer maxTokens = request.getMaxTokensPerTurn();
        return maxTokens == null
                ? TurnEffect.MAX_CONTENT_BYTES
                : Math.min(TurnEffect.MAX_CONTENT_BYTES, maxTokens * BYTES_PER_TOKEN);
    }

    /** An answer and, where it cannot be used, another one. */
    private BigDecimal stage(String name, int bytes) {
        ModelReference model = ModelReference.parse(name);
        if (worstCase(model, 1, judging.maxAnswerTokens()).signum() == 0) {
            return BigDecimal.ZERO;
        }
        return worstCase(model, bytes, judging.maxAnswerTokens())
                .add(worstCase(model, bytes + REPAIR_BYTES, judging.maxAnswerTokens()));
    }

    private static String named(@Nullable ModelJudge judge, String otherwise) {
        return judge == null || judge.getModel().isBlank() ? otherwise : judge.getModel().strip();
    }

    private static int rubric(@Nullable ModelJudge judge) {
        return judge == null ? 0 : bytes(judge.getRubric());
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private BigDecimal worstCase(ModelReference model, int bytes, @Nullable Integer maxTokens) {
        return worstCase(model, List.of(new ChatMessage(Role.USER, "x".repeat(bytes))), maxTokens);
    }

    /** 0 where no bound is known, which is only where there is no budget. */
    private BigDecimal worstCase(
            ModelReference model, List<ChatMessage> messages, @Nullable Integer maxTokens) {
        return models.worstCaseCost(new ChatRequest(model, messages, maxTokens, null, "tariff"))
                .orElse(BigDecimal.ZERO);
    }

    private static BigDecimal rounded(BigDecimal usd) {
        return usd.setScale(SCALE, RoundingMode.CEILING);
    }
}
