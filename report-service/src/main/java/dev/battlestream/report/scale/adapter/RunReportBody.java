package dev.battlestream.report.scale.adapter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.battlestream.report.battle.Spent;
import dev.battlestream.report.battle.adapter.FailureBody;
import dev.battlestream.report.battle.adapter.Spelling;
import dev.battlestream.report.battle.adapter.UsageBody.RoleBody;
import dev.battlestream.report.scale.Run;
import dev.battlestream.report.scale.RunReport;
import dev.battlestream.report.scale.RunReport.Latencies;
import dev.battlestream.report.scale.RunReport.SuccessRate;
import dev.battlestream.report.scale.RunReport.TurnsToGoal;
import dev.battlestream.report.scale.RunReport.Usage;
import dev.battlestream.report.scale.RunReport.VariantResult;
import dev.battlestream.report.scale.RunSpecification;
import dev.battlestream.report.scale.WilsonInterval;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report of a run as JSON. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RunReportBody(
        String runId,
        @JsonProperty("final") boolean complete,
        String state,
        @Nullable String endedReason,
        @Nullable FailureBody failure,
        @Nullable SpecificationBody specification,
        int total,
        int launched,
        int completed,
        Map<String, Integer> counts,
        Map<String, Integer> failures,
        SuccessRateBody successRate,
        TurnsToGoalBody turnsToGoal,
        LatenciesBody turnLatencyMs,
        LatenciesBody battleDurationMs,
        RunUsageBody usage,
        List<VariantResultBody> variants,
        List<MemberBody> members,
        List<AsOfBody> asOf,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt) {

    /** How many battles reached their goal; value and bounds are absent while none has ended. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SuccessRateBody(
            int goals,
            int completed,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            double confidence,
            String method) {

        private static SuccessRateBody of(SuccessRate rate) {
            WilsonInterval interval = rate.interval();
            return new SuccessRateBody(
                    rate.goals(),
                    rate.completed(),
                    rate.value(),
                    interval == null ? null : interval.low(),
                    interval == null ? null : interval.high(),
                    WilsonInterval.CONFIDENCE,
                    "wilson");
        }
    }

    /** Turns that the battles with reached goal took. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TurnsToGoalBody(
            int count,
            @Nullable Long min,
            @Nullable Long median,
            @Nullable Long p90,
            @Nullable Long max,
            List<BinBody> histogram) {

        /** How many battles took this many turns. */
        record BinBody(long turns, int battles) {}

        private static TurnsToGoalBody of(TurnsToGoal turns) {
            return new TurnsToGoalBody(
                    turns.count(),
                    turns.min(),
                    turns.median(),
                    turns.p90(),
                    turns.max(),
                    turns.histogram().stream()
                            .map(bin -> new BinBody(bin.turns(), bin.battles()))
                            .toList());
        }
    }

    /** Percentiles in milliseconds. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record LatenciesBody(
            int count,
            @Nullable Long p50,
            @Nullable Long p90,
            @Nullable Long p95,
            @Nullable Long p99,
            @Nullable Long max) {

        private static LatenciesBody of(Latencies latencies) {
            return new LatenciesBody(
                    latencies.count(),
                    latencies.p50(),
                    latencies.p90(),
                    latencies.p95(),
                    latencies.p99(),
                    latencies.max());
        }
    }

    /** What the ended battles have used. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RunUsageBody(
            long tokensIn,
            long tokensOut,
            String costUsd,
            @Nullable String unsettledUsd,
            RunRolesBody byRole) {

        /** What each role has used; together it is all. */
        record RunRolesBody(
                RoleBody agent, RoleBody opponent, RoleBody fastJudge, RoleBody strongJudge) {}

        private static RunUsageBody of(Usage usage) {
            Spent total = usage.total();
            return new RunUsageBody(
                    total.tokensIn(),
                    total.tokensOut(),
                    Spelling.money(total.costUsd()),
                    Spelling.moneyOrNull(usage.unsettledUsd()),
                    new RunRolesBody(
                            RoleBody.of(usage.agent()),
                            RoleBody.of(usage.opponent()),
                            RoleBody.of(usage.fastJudge()),
                            RoleBody.of(usage.strongJudge())));
        }
    }

    /** What came of a variant; value and bounds are absent while none of its battles has ended. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record VariantResultBody(
            String name,
            String model,
            int completed,
            int goals,
            @Nullable Double value,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Long medianTurnsToGoal,
            String costUsd) {

        private static VariantResultBody of(VariantResult variant) {
            WilsonInterval interval = variant.successRate().interval();
            return new VariantResultBody(
                    variant.name(),
                    variant.model(),
                    variant.successRate().completed(),
                    variant.successRate().goals(),
                    variant.successRate().value(),
                    interval == null ? null : interval.low(),
                    interval == null ? null : interval.high(),
                    variant.medianTurnsToGoal(),
                    Spelling.money(variant.costUsd()));
        }
    }

    /** Up to where a topic was folded: the offset after the run's last record. */
    record AsOfBody(String topic, int partition, long offset) {

        private static AsOfBody of(Run.AsOf asOf) {
            return new AsOfBody(asOf.topic(), asOf.partition(), asOf.offset());
        }
    }

    static RunReportBody of(RunReport report) {
        RunSpecification specification = report.specification();
        return new RunReportBody(
                report.runId(),
                report.complete(),
                Spelling.name(report.state()),
                report.endedReason() == null ? null : Spelling.name(report.endedReason()),
                FailureBody.orNull(report.failure()),
                specification == null ? null : SpecificationBody.of(specification),
                report.total(),
                report.launched(),
                report.completed(),
                CountsBody.of(report.counts()),
                CountsBody.of(report.failures()),
                SuccessRateBody.of(report.successRate()),
                TurnsToGoalBody.of(report.turnsToGoal()),
                LatenciesBody.of(report.turnLatencyMs()),
                LatenciesBody.of(report.battleDurationMs()),
                RunUsageBody.of(report.usage()),
                report.variants().stream().map(VariantResultBody::of).toList(),
                report.members().stream()
                        .map(member -> MemberBody.of(member, specification))
                        .toList(),
                report.asOf().stream().map(AsOfBody::of).toList(),
                report.startedAt(),
                report.endedAt());
    }
}
