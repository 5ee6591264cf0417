package dev.battlestream.report.battle.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.battlestream.report.battle.Page;
import dev.battlestream.report.battle.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A verdict as JSON. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VerdictBody(
        int turn,
        int seq,
        String verdict,
        String decidedBy,
        double confidence,
        List<String> criteriaApplied,
        String reason,
        @Nullable String model,
        int tokensIn,
        int tokensOut,
        String costUsd,
        long latencyMs,
        Instant createdAt,
        @Nullable Double progress,
        List<StageBody> stages) {

    /** What one stage said, as JSON. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StageBody(
            String stage,
            String verdict,
            double confidence,
            String reason,
            @Nullable String model,
            int tokensIn,
            int tokensOut,
            String costUsd,
            long latencyMs,
            List<String> criteriaApplied,
            @Nullable String promptVersion,
            int attempt,
            @Nullable Double progress,
            @Nullable String answeredBy) {

        private static StageBody of(Verdict.StageAnswer said) {
            return new StageBody(
                    Spelling.name(said.stage()),
                    Spelling.name(said.answer()),
                    said.confidence(),
                    said.reason(),
                    said.model(),
                    said.tokensIn(),
                    said.tokensOut(),
                    Spelling.money(said.costUsd()),
                    said.latencyMs(),
                    said.criteriaApplied(),
                    said.promptVersion(),
                    said.attempt(),
                    said.progress(),
                    said.answeredBy());
        }
    }

    /** A page of verdicts as JSON. */
    record Verdicts(List<VerdictBody> verdicts, int nextTurn, int total, boolean complete) {

        static Verdicts of(Page<Verdict> page) {
            return new Verdicts(
                    page.rows().stream().map(VerdictBody::of).toList(),
                    page.next(),
                    page.total(),
                    page.complete());
        }
    }

    static VerdictBody of(Verdict verdict) {
        return new VerdictBody(
                verdict.turn(),
                verdict.seq(),
                Spelling.name(verdict.answer()),
                Spelling.name(verdict.decidedBy()),
                verdict.confidence(),
                verdict.criteriaApplied(),
                verdict.reason(),
                verdict.model(),
                verdict.tokensIn(),
                verdict.tokensOut(),
                Spelling.money(verdict.costUsd()),
                verdict.latencyMs(),
                verdict.issuedAt(),
                verdict.progress(),
                verdict.stages().stream().map(StageBody::of).toList());
    }
}
