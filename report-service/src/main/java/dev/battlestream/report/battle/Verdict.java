package dev.battlestream.report.battle;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the judge said of a turn of the agent.
 *
 * @param turn the turn that was judged, from 1
 * @param seq the message that was judged
 * @param answer the decision
 * @param decidedBy the stage that decided
 * @param confidence how sure the deciding stage is, 0 to 1
 * @param criteriaApplied what was applied, in order
 * @param reason why, in a sentence
 * @param model model reference of the deciding stage; null when no model decided
 * @param tokensIn tokens of all stages for prompts
 * @param tokensOut tokens of all stages for answers
 * @param costUsd cost of all stages in US dollars, kept to nine decimal places
 * @param latencyMs time of all stages in milliseconds
 * @param issuedAt when the decision fell, by the judge's clock
 * @param stages what each stage said, in order
 * @param progress how far the goal has been reached in the judge's estimate, 0 to 1; null if
 *     unknown
 */
public record Verdict(
        int turn,
        int seq,
        Answer answer,
        Stage decidedBy,
        double confidence,
        List<String> criteriaApplied,
        String reason,
        @Nullable String model,
        int tokensIn,
        int tokensOut,
        BigDecimal costUsd,
        long latencyMs,
        Instant issuedAt,
        List<StageAnswer> stages,
        @Nullable Double progress) {

    /** Has the goal been reached? */
    public enum Answer {
        /** It has. */
        YES,
        /** It has not. */
        NO,
        /** The judge cannot say. */
        UNCERTAIN
    }

    /** A stage of judging. */
    public enum Stage {
        /** A deterministic check. */
        VALIDATOR,
        /** The fast model judge. */
        FAST,
        /** The strong model judge. */
        STRONG,
        /** A stage that this version does not know. */
        UNKNOWN
    }

    /**
     * What one stage said; the components mean what they mean in {@link Verdict}, for the stage.
     *
     * @param calls calls that reached the provider, failed ones included
     * @param promptVersion the versions of the texts that asked; null when no model was asked
     * @param attempt the answer that counts: 1, or 2 for the one after a repair
     * @param answeredBy the model that answered in its place, after a failover; null if it did
     */
    public record StageAnswer(
            Stage stage,
            Answer answer,
            double confidence,
            String reason,
            @Nullable String model,
            int tokensIn,
            int tokensOut,
            BigDecimal costUsd,
            long latencyMs,
            int calls,
            List<String> criteriaApplied,
            @Nullable String promptVersion,
            int attempt,
            @Nullable Double progress,
            @Nullable String answeredBy) {

        public StageAnswer {
            costUsd = Spent.money(costUsd);
            criteriaApplied = List.copyOf(criteriaApplied);
            progress = share(progress);
        }
    }

    public Verdict {
        costUsd = Spent.money(costUsd);
        criteriaApplied = List.copyOf(criteriaApplied);
        stages = List.copyOf(stages);
        progress = share(progress);
    }

    /** Anyone may write: a figure that is no share says nothing. */
    private static @Nullable Double share(@Nullable Double progress) {
        return progress != null && progress >= 0 && progress <= 1 ? progress : null;
    }

    /** The part of it that the strong judge has used. */
    Spent strong() {
        return stages.stream()
                .filter(said -> said.stage() == Stage.STRONG)
                .map(said ->
                        new Spent(said.calls(), said.tokensIn(), said.tokensOut(), said.costUsd()))
                .reduce(Spent.NOTHING, Spent::plus)
                .atMost(spent());
    }

    /** What the judging has used. */
    public Spent spent() {
        int calls = stages.stream().mapToInt(StageAnswer::calls).sum();
        return new Spent(calls, tokensIn, tokensOut, costUsd);
    }
}
