package dev.battlestream.judge.judging.adapter;

import dev.battlestream.judge.judging.ModelAnswer;
import dev.battlestream.judge.judging.ModelRules;
import dev.battlestream.judge.judging.Ruling;
import dev.battlestream.judge.judging.StageVerdict.Cost;
import dev.battlestream.judge.judging.Step;
import dev.battlestream.llm.ChatListener;
import dev.battlestream.llm.ChatModels;
import dev.battlestream.llm.ChatRequest;
import dev.battlestream.llm.ModelException;
import dev.battlestream.llm.Reply;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks the models that judge.
 *
 * @param chat the models
 * @param rules which of them may be asked
 * @param maxTokens the longest answer, in tokens
 * @param temperature of the answer; absent for the model's own
 */
record JudgeModels(ChatModels chat, ModelRules rules, int maxTokens, @Nullable Double temperature) {

    private static final String UNAFFORDABLE =
            "The judge was not asked: its worst case does not fit into the budget.";

    /**
     * Asks, and waits for the answer or the last failure.
     *
     * @param purse what the call may cost
     * @throws InterruptedException when the judging was cancelled
     */
    ModelAnswer ask(Step.Ask ask, String battle, Purse purse) throws InterruptedException {
        long start = System.nanoTime();
        ChatRequest request =
                new ChatRequest(ask.model(), ask.messages(), maxTokens, temperature, battle);
        if (!purse.covers(chat.worstCaseCost(request).orElse(BigDecimal.ZERO))) {
            return new ModelAnswer.Silent(Ruling.Fault.BUDGET, UNAFFORDABLE, Cost.NONE);
        }
        try {
            Reply reply = chat.chat(request, ChatListener.NONE);
            purse.settle(reply.costUsd(), reply.unsettledUsd());
            return new ModelAnswer.Said(
                    reply.text(),
                    new Cost(
                            reply.tokensIn(),
                            reply.tokensOut(),
                            reply.costUsd(),
                            since(start),
                            reply.calls()),
                    Objects.toString(reply.standIn(), null));
        } catch (ModelException e) {
            purse.settle(BigDecimal.ZERO, e.unsettledUsd());
            Cost cost = new Cost(0, 0, BigDecimal.ZERO, since(start), e.calls());
            return e.kind() == ModelException.Kind.REFUSED
                    ? new ModelAnswer.Declined(cost)
                    : new ModelAnswer.Silent(
                            fault(ask, e), "The judge got no answer: " + e.detail(), cost);
        }
    }

    /** A model that nobody has is the fault of who named it. */
    private Ruling.Fault fault(Step.Ask ask, ModelException e) {
        return e.kind() == ModelException.Kind.UNKNOWN_MODEL && !rules.isDefault(ask.model())
                ? Ruling.Fault.REQUEST
                : Ruling.Fault.JUDGE;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
