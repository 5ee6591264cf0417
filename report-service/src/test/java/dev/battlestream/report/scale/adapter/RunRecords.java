package dev.battlestream.report.scale.adapter;

import dev.battlestream.events.BattleEnded;
import dev.battlestream.events.EndReason;
import dev.battlestream.events.Failure;
import dev.battlestream.events.FailureClass;
import dev.battlestream.events.RunEndReason;
import dev.battlestream.events.RunMemberChanged;
import dev.battlestream.events.ScaleRunEnded;
import dev.battlestream.events.ScaleRunRequested;
import dev.battlestream.events.Usage;
import dev.battlestream.events.Variant;
import dev.battlestream.policy.MemberIds;
import dev.battlestream.report.battle.adapter.Records;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records of the topics of runs, as a made-up run publishes them. */
public final class RunRecords {

    public static final Instant START = Records.START;

    private RunRecords() {}

    /** A request for so many battles, two at once, with two variants. */
    public static ScaleRunRequested requested(String runId, int runCount) {
        return ScaleRunRequested.newBuilder()
                .setRunId(runId)
                .setRequestedAt(START)
                .setClientId("client")
                .setRunCount(runCount)
                .setConcurrency(2)
                .setBattle(Records.requested(""))
                .setVariants(
                        List.of(
                                Variant.newBuilder().setName("plain").build(),
                                Variant.newBuilder()
                                        .setName("other")
                                        .setModel("scripted:other")
                                        .setSystemPrompt("a secret prompt")
                                        .build()))
                .setSeed(17L)
                .setBudgetUsd(new BigDecimal("1.500000000"))
                .setTimeoutSeconds(600)
                .setLabels(Map.of("team", "blue", "build", "17"))
                .build();
    }

    public static RunMemberChanged launched(String runId, int index) {
        return changed(runId, index, START.plusSeconds(index), null);
    }

    public static RunMemberChanged ended(String runId, int index, EndReason reason) {
        BattleEnded outcome =
                BattleEnded.newBuilder(Records.ended(battleId(runId, index), reason, 2, 2, 2))
                        .setStartedAt(START.plusSeconds(index).plusMillis(5))
                        .setEndedAt(START.plusSeconds(20L + index))
                        .setRunId(runId)
                        .setStrongJudgeUsage(
                                Usage.newBuilder()
                                        .setCalls(1)
                                        .setCostUsd(new BigDecimal("0.010000000"))
                                        .build())
                        .setUnsettledUsd(new BigDecimal("0.020000000"))
                        .setTurnLatenciesMs(List.of(200L, 300L))
                        .build();
        return changed(runId, index, outcome.getEndedAt(), outcome);
    }

    private static RunMemberChanged changed(
            String runId, int index, Instant at, @Nullable BattleEnded outcome) {
        return RunMemberChanged.newBuilder()
                .setRunId(runId)
                .setIndex(index)
                .setBattleId(battleId(runId, index))
                .setAt(at)
                .setOutcome(outcome)
                .build();
    }

    private static String battleId(String runId, int index) {
        return MemberIds.of(UUID.fromString(runId), index).toString();
    }

    public static ScaleRunEnded outcome(String runId, RunEndReason reason, int launched) {
        return ScaleRunEnded.newBuilder()
                .setRunId(runId)
                .setReason(reason)
                .setFailure(
                        reason == RunEndReason.ERROR
                                ? Failure.newBuilder()
                                        .setFailureClass(FailureClass.REQUEST)
                                        .setDetail("runCount is 1 to 10")
                                        .build()
                                : null)
                .setRunCount(launched)
                .setLaunched(launched)
                .setGoals(1)
                .setCostUsd(new BigDecimal("0.060000000"))
                .setStartedAt(START.plusMillis(3))
                .setEndedAt(START.plusSeconds(60))
                .setClientId("client")
                .build();
    }
}
