package dev.battlestream.runner.scale.adapter;

import dev.battlestream.events.BattleCancelRequested;
import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.CancelReason;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.events.Usage;
import dev.battlestream.events.Variant;
import dev.battlestream.policy.MemberIds;
import dev.battlestream.runner.battle.Fault;
import dev.battlestream.runner.battle.adapter.BattleAvro;
import dev.battlestream.runner.scale.RunEndReason;
import dev.battlestream.runner.scale.RunInput.MemberEnded;
import dev.battlestream.runner.scale.RunOutcome;
import dev.battlestream.runner.scale.RunRequest;
import dev.battlestream.runner.scale.RunTerms;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Between the contract's records and what the decider speaks of. */
final class ScaleAvro {

    private ScaleAvro() {}

    static RunRequest request(
            ScaleRunRequested asked, Optional<Duration> age, List<Fault> battleFaults) {
        return new RunRequest(
                asked.getRunId(),
                age,
                asked.getRunCount(),
                asked.getConcurrency(),
                asked.getVariants().stream().map(Variant::getName).toList(),
                Optional.ofNullable(asked.getBudgetUsd()),
                Optional.ofNullable(asked.getBattle().getBudgetUsd()),
                Optional.ofNullable(asked.getSeed()),
                asked.getTimeoutSeconds(),
                asked.getLabels(),
                Optional.ofNullable(asked.getClientId()),
                battleFaults);
    }

    /**
     * What the run goes by.
     *
     * @param labelLength a longer name of a client is not passed on: the run is refused
     */
    static RunTerms terms(
            ScaleRunRequested asked,
            int labelLength,
            Map<String, String> correlation,
            Instant now) {
        return new RunTerms(
                asked.getRunCount(),
                asked.getConcurrency(),
                Optional.ofNullable(asked.getBudgetUsd()),
                Optional.ofNullable(asked.getBattle().getBudgetUsd()),
                now,
                now.plusSeconds(asked.getTimeoutSeconds()),
                Optional.ofNullable(asked.getClientId()).filter(id -> id.length() <= labelLength),
                correlation);
    }

    /** The battle that a member plays. */
    static BattleRequested member(
            ScaleRunRequested asked, int index, Optional<BigDecimal> budgetUsd, Instant now) {
        BattleRequested battle = asked.getBattle();
        BattleRequested.Builder member =
                BattleRequested.newBuilder(battle)
                        .setBattleId(memberId(asked.getRunId(), index))
                        .setRequestedAt(now)
                        .setClientId(asked.getClientId())
                        .setRunId(asked.getRunId())
                        .setSeed(seed(asked, index))
                        .setBudgetUsd(budgetUsd.orElse(battle.getBudgetUsd()));
        List<Variant> variants = asked.getVariants();
        if (!variants.isEmpty()) {
            Variant variant = variants.get((index - 1) % variants.size());
            if (!variant.getModel().isEmpty()) {
                member.setModel(variant.getModel());
            }
            if (variant.getSystemPrompt() != null) {
                member.setSystemPrompt(variant.getSystemPrompt());
            }
            if (variant.getTemperature() != null) {
                member.setTemperature(variant.getTemperature());
            }
        }
        return member.build();
    }

    /** The seeds of a run count on from its own. */
    private static @Nullable Long seed(ScaleRunRequested asked, int index) {
        return asked.getSeed() == null
                ? asked.getBattle().getSeed()
                : Long.valueOf(asked.getSeed() + index - 1);
    }

    static String memberId(String runId, int index) {
        return MemberIds.of(UUID.fromString(runId), index).toString();
    }

    static MemberEnded memberEnded(int index, BattleEnded outcome, Instant now) {
        BigDecimal costUsd =
                List.of(
                                outcome.getAgentUsage(),
                                outcome.getOpponentUsage(),
                                outcome.getJudgeUsage())
                        .stream()
                        .map(Usage::getCostUsd)
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new MemberEnded(
                index,
                outcome.getReason() == EndReason.GOAL,
                costUsd,
                BattleAvro.orZero(outcome.getUnsettledUsd()),
                now);
    }

    static RunMemberChanged launched(BattleRequested member, int index) {
        return new RunMemberChanged(
                member.getRunId(), index, member.getBattleId(), member.getRequestedAt(), null);
    }

    static BattleCancelRequested cancel(
            String runId, int index, RunEndReason reason, @Nullable String clientId, Instant now) {
        return BattleCancelRequested.newBuilder()
                .setBattleId(memberId(runId, index))
                .setReason(
                        reason == RunEndReason.TIMEOUT ? CancelReason.TIMEOUT : CancelReason.MANUAL)
                .setClientId(clientId)
                .setRequestedAt(now)
                .build();
    }

    static ScaleRunEnded ended(String runId, RunOutcome outcome) {
        return ScaleRunEnded.newBuilder()
                .setRunId(runId)
                .setReason(reason(outcome.reason()))
                .setFailure(outcome.fault().map(BattleAvro::failure).orElse(null))
                .setRunCount(outcome.terms().runCount())
                .setLaunched(outcome.progress().launched())
                .setGoals(outcome.progress().goals())
                .setCostUsd(BattleAvro.money(outcome.progress().costUsd()))
                .setUnsettledUsd(BattleAvro.unlessZero(outcome.progress().unsettledUsd()))
                .setStartedAt(outcome.terms().startedAt())
                .setEndedAt(outcome.endedAt())
                .setClientId(outcome.terms().clientId().orElse(null))
                .build();
    }

    private static dev.battlestream.events.RunEndReason reason(RunEndReason reason) {
        return switch (reason) {
            case COMPLETED -> dev.battlestream.events.RunEndReason.COMPLETED;
            case BUDGET -> dev.battlestream.events.RunEndReason.BUDGET;
            case MANUAL -> dev.battlestream.events.RunEndReason.MANUAL;
            case TIMEOUT -> dev.battlestream.events.RunEndReason.TIMEOUT;
            case ERROR -> dev.battlestream.events.RunEndReason.ERROR;
        };
    }
}
