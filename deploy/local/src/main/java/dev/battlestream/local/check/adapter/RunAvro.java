package dev.battlestream.local.check.adapter;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.BattleRequested;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.events.Usage;
import dev.battlestream.local.check.Fields;
import dev.battlestream.local.check.InRange;
import dev.battlestream.local.check.RunEvent;
import dev.battlestream.policy.MemberIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/** What the records of scale runs say, as the interface shows it. */
final class RunAvro {

    private static final int MOST_VARIANTS = 10;
    private static final int MOST_LABELS = 50;

    private RunAvro() {}

    static String runId(SpecificRecord record) {
        return switch (record) {
            case ScaleRunRequested asked -> asked.getRunId();
            case RunMemberChanged changed -> changed.getRunId();
            case ScaleRunEnded ended -> ended.getRunId();
            default -> throw new IllegalStateException("no record of a run: " + record.getSchema());
        };
    }

    /** What a record says; empty for one of a battle that is no member of its run. */
    static Optional<RunEvent> event(SpecificRecord record) {
        return switch (record) {
            case ScaleRunRequested asked -> Optional.of(asked(asked));
            case RunMemberChanged changed -> changed(changed);
            case ScaleRunEnded ended -> Optional.of(ended(ended));
            default -> throw new IllegalStateException("no record of a run: " + record.getSchema());
        };
    }

    private static RunEvent asked(ScaleRunRequested asked) {
        BattleRequested battle = asked.getBattle();
        List<RunEvent.Variant> variants =
                asked.getVariants().stream()
                        .limit(MOST_VARIANTS)
                        .map(variant ->
                                new RunEvent.Variant(
                                        InRange.name(variant.getName()),
                                        InRange.name(variant.getModel())))
                        .toList();
        int runCount = InRange.count(asked.getRunCount());
        String model = InRange.name(battle.getModel());
        Fields specification =
                new Fields.Builder()
                        .text("agentId", InRange.name(battle.getAgentId()))
                        .text("model", model)
                        .number("messageLimit", battle.getMessageLimit())
                        .number("runCount", runCount)
                        .number("concurrency", InRange.count(asked.getConcurrency()))
                        .parts(
                                "variants",
                                variants.stream()
                                        .map(variant ->
                                                new Fields.Builder()
                                                        .text("name", variant.name())
                                                        .text("model", variant.model())
                                                        .build())
                                        .toList())
                        .number("seed", asked.getSeed())
                        .money("budgetUsd", InRange.moneyOrNull(asked.getBudgetUsd()))
                        .number("timeoutSeconds", InRange.count(asked.getTimeoutSeconds()))
                        .part("labels", labels(asked.getLabels()))
                        .build();
        return new RunEvent.Asked(runCount, model, variants, specification);
    }

    private static Fields labels(Map<String, String> all) {
        Map<String, String> kept = new TreeMap<>();
        new TreeMap<>(all)
                .entrySet().stream()
                        .limit(MOST_LABELS)
                        .forEach(label ->
                                kept.putIfAbsent(
                                        InRange.name(label.getKey()),
                                        InRange.name(label.getValue())));
        Fields.Builder fields = new Fields.Builder();
        kept.forEach(fields::text);
        return fields.build();
    }

    private static Optional<RunEvent> changed(RunMemberChanged changed) {
        if (!isMember(changed)) {
            return Optional.empty();
        }
        BattleEnded outcome = changed.getOutcome();
        return Optional.of(
                outcome == null
                        ? new RunEvent.Launched(
                                changed.getIndex(),
                                changed.getBattleId(),
                                InRange.time(changed.getAt()))
                        : new RunEvent.MemberEnded(
                                changed.getIndex(), changed.getBattleId(), result(outcome)));
    }

    private static boolean isMember(RunMemberChanged changed) {
        try {
            return changed.getIndex() >= 1
                    && MemberIds.of(UUID.fromString(changed.getRunId()), changed.getIndex())
                            .toString()
                            .equals(changed.getBattleId());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static RunEvent.Result result(BattleEnded outcome) {
        Usage strong = outcome.getStrongJudgeUsage();
        return new RunEvent.Result(
                BattleAvro.name(outcome.getReason()),
                outcome.getFailure() == null
                        ? null
                        : BattleAvro.name(outcome.getFailure().getFailureClass()),
                InRange.count(outcome.getTurns()),
                BattleAvro.spend(outcome.getAgentUsage()),
                BattleAvro.spend(outcome.getOpponentUsage()),
                BattleAvro.spend(outcome.getJudgeUsage()),
                strong == null ? null : BattleAvro.spend(strong),
                InRange.moneyOrNull(outcome.getUnsettledUsd()),
                outcome.getTurnLatenciesMs().stream().map(InRange::millis).toList(),
                InRange.time(outcome.getStartedAt()),
                InRange.time(outcome.getEndedAt()));
    }

    private static RunEvent ended(ScaleRunEnded ended) {
        String state =
                switch (ended.getReason()) {
                    case COMPLETED, BUDGET, UNKNOWN -> "completed";
                    case MANUAL -> "canceled";
                    case TIMEOUT -> "timeout";
                    case ERROR -> "failed";
                };
        return new RunEvent.Ended(
                InRange.count(ended.getLaunched()),
                InRange.time(ended.getStartedAt()),
                new Fields.Builder()
                        .text("state", state)
                        .text("endedReason", BattleAvro.name(ended.getReason()))
                        .part("failure", BattleAvro.failure(ended.getFailure()))
                        .time("endedAt", InRange.time(ended.getEndedAt()))
                        .build());
    }
}
