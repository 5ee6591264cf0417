package dev.battlestream.report.archive.adapter;

import dev.battlestream.report.battle.Verdict;
import dev.battlestream.report.battle.adapter.Spelling;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one stage said, as the table keeps it in JSON. */
record Stage(
        String stage,
        String verdict,
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

    static Stage of(Verdict.StageAnswer said) {
        return new Stage(
                Spelling.name(said.stage()),
                Spelling.name(said.answer()),
                said.confidence(),
                said.reason(),
                said.model(),
                said.tokensIn(),
                said.tokensOut(),
                said.costUsd(),
                said.latencyMs(),
                said.calls(),
                said.criteriaApplied(),
                said.promptVersion(),
                said.attempt(),
                said.progress(),
                said.answeredBy());
    }

    Verdict.StageAnswer said() {
        return new Verdict.StageAnswer(
                Verdict.Stage.valueOf(Rows.constant(stage)),
                Verdict.Answer.valueOf(Rows.constant(verdict)),
                confidence,
                reason,
                model,
                tokensIn,
                tokensOut,
                costUsd,
                latencyMs,
                calls,
                criteriaApplied,
                promptVersion,
                attempt,
                progress,
                answeredBy);
    }
}
