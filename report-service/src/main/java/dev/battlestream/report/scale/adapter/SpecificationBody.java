package dev.battlestream.report.scale.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.scale.RunSpecification;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run was asked for, as JSON. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SpecificationBody(
        String digest,
        String agentId,
        String model,
        int messageLimit,
        int runCount,
        int concurrency,
        List<VariantBody> variants,
        @Nullable Long seed,
        @Nullable String budgetUsd,
        long timeoutSeconds,
        Map<String, String> labels) {

    /** A way to play, as it was asked for. */
    record VariantBody(String name, String model) {}

    static SpecificationBody of(RunSpecification specification) {
        return new SpecificationBody(
                specification.digest(),
                specification.agentId(),
                specification.model(),
                specification.messageLimit(),
                specification.runCount(),
                specification.concurrency(),
                specification.variants().stream()
                        .map(variant -> new VariantBody(variant.name(), variant.model()))
                        .toList(),
                specification.seed(),
                Spelling.moneyOrNull(specification.budgetUsd()),
                specification.timeout().toSeconds(),
                specification.labels());
    }
}
