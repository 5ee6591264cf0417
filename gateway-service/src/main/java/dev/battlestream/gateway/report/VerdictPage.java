package dev.battlestream.gateway.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some decisions of the judge, in order.
 *
 * @param nextTurn what to ask for next as sinceTurn
 * @param total decisions known by now
 * @param complete whether the battle has ended and nothing comes after this page
 */
public record VerdictPage(List<Verdict> verdicts, int nextTurn, int total, boolean complete) {

    /** A page of a battle that has no decisions. */
    public static VerdictPage empty(int sinceTurn, boolean complete) {
        return new VerdictPage(List.of(), sinceTurn, 0, complete);
    }

    /**
     * A decision about one turn of the agent.
     *
     * @param seq the message that was judged
     * @param verdict yes, no or uncertain
     * @param decidedBy the stage that decided
     * @param confidence 0 to 1
     * @param criteriaApplied what was applied, in order
     * @param model model reference of the deciding stage; null when no model decided
     * @param progress how far the goal has been reached in the judge's estimate, 0 to 1
     */
    public record Verdict(
            int turn,
            @Nullable Integer seq,
            String verdict,
            String decidedBy,
            double confidence,
            @Nullable List<String> criteriaApplied,
            @Nullable String reason,
            @Nullable String model,
            @Nullable Long tokensIn,
            @Nullable Long tokensOut,
            @Nullable Long latencyMs,
            @Nullable String costUsd,
            @Nullable Instant createdAt,
            @Nullable Double progress,
            @Nullable List<Stage> stages) {}

    /**
     * What one stage of judging said; the components mean what they mean in a verdict.
     *
     * @param promptVersion the versions of the texts that asked; null when no model was asked
     * @param attempt the answer that counts: 1, or 2 for the one after a repair
     * @param answeredBy model reference that answered in its place after a failover; else null
     */
    public record Stage(
            String stage,
            String verdict,
            double confidence,
            @Nullable String reason,
            @Nullable String model,
            @Nullable Long tokensIn,
            @Nullable Long tokensOut,
            @Nullable Long latencyMs,
            @Nullable String costUsd,
            @Nullable List<String> criteriaApplied,
            @Nullable String promptVersion,
            @Nullable Integer attempt,
            @Nullable Double progress,
            @Nullable String answeredBy) {}
}
